package io.scalesrpc.discovery.dns;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The domains in which a short name is looked for, as {@code resolv.conf(5)} lists them.
 * Netty reads them, too, but keeps them to itself. <em>Immutable</em>.
 *
 * @param domains the domains in their order
 * @param ndots a name with this many dots is first tried as it stands
 */
record SearchList(List<String> domains, int ndots) {

	/** Names are taken as they stand. */
	static final SearchList NONE = new SearchList(List.of(), 1);

	private static final int MOST_DOTS = 15;

	/** Copies the list. */
	SearchList {
		domains = List.copyOf(domains);
	}

	/**
	 * Reads a file in the format of {@code /etc/resolv.conf}.
	 * @param file the file
	 * @return what it says; {@link #NONE} if it cannot be read
	 */
	static SearchList read(Path file) {
		// Not by a channel, which an interrupt of the thread would close.
		try (BufferedReader reader = new BufferedReader(new FileReader(file.toFile(), StandardCharsets.UTF_8))) {
			return parse(reader.lines().toList());
		}
		catch (IOException | UncheckedIOException ex) {
			return NONE;
		}
	}

	/**
	 * Reads the lines of such a file; the last line of a kind counts.
	 * @param lines the lines
	 * @return what they say
	 */
	static SearchList parse(List<String> lines) {
		List<String> domains = List.of();
		int ndots = NONE.ndots();
		for (String line : lines) {
			List<String> words = Arrays.asList(line.trim().split("\\s+"));
			List<String> values = words.subList(1, words.size());
			switch (words.get(0)) {
				case "search", "domain" -> domains = values;
				case "options" -> ndots = ndots(values, ndots);
				default -> {
					// name servers are Netty's business
				}
			}
		}
		return new SearchList(domains, ndots);
	}

	private static int ndots(List<String> options, int otherwise) {
		return options.stream()
			.filter((option) -> option.matches("ndots:[0-9]{1,4}"))
			.map((option) -> Math.min(MOST_DOTS, Integer.parseInt(option.substring("ndots:".length()))))
			.reduce(otherwise, (first, second) -> second);
	}

	/**
	 * The full names a name may stand for.
	 * @param name a name; with a dot at the end it is full already
	 * @return full names, each with a dot at the end, in the order in which to try them
	 */
	List<String> candidates(String name) {
		if (name.endsWith(".")) {
			return List.of(name);
		}
		List<String> names = new ArrayList<>();
		this.domains.forEach((domain) -> names.add(full(name + "." + domain)));
		long dots = name.chars().filter((character) -> character == '.').count();
		names.add((dots >= this.ndots) ? 0 : names.size(), full(name));
		return names;
	}

	private static String full(String name) {
		return name.endsWith(".") ? name : name + ".";
	}

}
