package io.scalesrpc.discovery.dns.query;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;

/**
 * Whom to ask, how, and what a short name may stand for, as {@code resolv.conf(5)} says
 * it and the resolver of glibc reads it. <em>Immutable</em>.
 *
 * @param servers the name servers in their order, at least one
 * @param domains the domains in which a short name is looked for, in their order
 * @param ndots a name with this many dots is first tried as it stands
 * @param timeout how long one server has for one answer
 * @param attempts how often each server is asked, from 1
 * @param rotate whether questions begin with one server after the other
 * @param ipv6 whether IPv6 addresses are asked for
 */
public record ResolvConf(List<InetSocketAddress> servers, List<String> domains, int ndots, Duration timeout,
		int attempts, boolean rotate, boolean ipv6) {

	/** Less than glibc's 5 s: a look-up counts in the time to connect. */
	static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final int DNS_PORT = 53;

	/** These are glibc's. */
	private static final int MOST_SERVERS = 3;

	private static final int MOST_DOTS = 15;

	private static final int MOST_SECONDS = 30;

	private static final int ATTEMPTS = 2;

	private static final int MOST_ATTEMPTS = 5;

	private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

	/** Copies the lists. */
	public ResolvConf {
		servers = List.copyOf(servers);
		domains = List.copyOf(domains);
	}

	/**
	 * Servers that are asked for names as they stand.
	 * @param servers at least one
	 */
	public static ResolvConf of(List<InetSocketAddress> servers) {
		return new ResolvConf(servers, List.of(), 1, TIMEOUT, ATTEMPTS, false, true);
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return what it and the environment say; a file that cannot be read says nothing
	 */
	public static ResolvConf read(Path file) {
		List<String> lines = new ArrayList<>(lines(file));
		String host = String.join("", lines(HOST_NAME)).trim();
		lines.addAll(0, host.indexOf('.') > 0 ? List.of("domain " + host.substring(host.indexOf('.') + 1)) : List.of());
		String domains = System.getenv("LOCALDOMAIN");
		if (domains != null && !domains.isBlank()) {
			lines.add("search " + domains);
		}
		String options = System.getenv("RES_OPTIONS");
		if (options != null && !options.isBlank()) {
			lines.add("options " + options);
		}
		return parse(lines);
	}

	private static List<String> lines(Path file) {
		// Not by a channel, which an interrupt of the thread would close.
		try (BufferedReader reader = new BufferedReader(new FileReader(file.toFile(), StandardCharsets.UTF_8))) {
			return reader.lines().toList();
		}
		catch (IOException | UncheckedIOException ex) {
			return List.of();
		}
	}

	/**
	 * Reads the lines of such a file; of domains and of each option the last counts.
	 * @param lines the lines; keywords stand at the beginning
	 * @return what they say
	 */
	static ResolvConf parse(List<String> lines) {
		List<InetSocketAddress> servers = new ArrayList<>();
		List<String> domains = List.of();
		List<String> options = new ArrayList<>();
		for (String line : lines) {
			List<String> words = Arrays.asList(line.split("\\s+"));
			List<String> values = words.subList(Math.min(1, words.size()), words.size());
			if (values.isEmpty()) {
				continue;
			}
			switch (words.get(0)) {
				case "nameserver" -> servers.addAll(server(values.get(0).split("[;#]", 2)[0]));
				case "domain" -> domains = values.subList(0, 1);
				case "search" -> domains = values;
				case "options" -> options.addAll(values);
				default -> {
					// comments, and what only others read
				}
			}
		}
		return new ResolvConf(
				servers.isEmpty() ? ofNobody() : servers.subList(0, Math.min(MOST_SERVERS, servers.size())), domains,
				number(options, "ndots:", 0, 1, MOST_DOTS),
				Duration.ofSeconds(number(options, "timeout:", 1, (int) TIMEOUT.toSeconds(), MOST_SECONDS)),
				number(options, "attempts:", 1, ATTEMPTS, MOST_ATTEMPTS), options.contains("rotate"),
				!options.contains("no-aaaa"));
	}

	private static List<InetSocketAddress> server(String text) {
		boolean isAddress = NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
		// An address: nothing is looked up here.
		return isAddress ? List.of(new InetSocketAddress(text, DNS_PORT)) : List.of();
	}

	/** A name server of this machine, as glibc has it; Windows has no such file. */
	private static List<InetSocketAddress> ofNobody() {
		return (File.separatorChar == '\\') ? DefaultDnsServerAddressStreamProvider.defaultAddressList()
				: List.of(new InetSocketAddress("127.0.0.1", DNS_PORT));
	}

	private static int number(List<String> options, String name, int least, int otherwise, int most) {
		return options.stream()
			.filter((option) -> option.matches(name + "[0-9]{1,4}"))
			.map((option) -> Math.max(least, Math.min(most, Integer.parseInt(option.substring(name.length())))))
			.reduce(otherwise, (first, second) -> second);
	}

	/**
	 * The full names a name may stand for.
	 * @param name a name; with a dot at the end it is full already
	 * @return full names, each with a dot at the end, in the order in which to try them
	 */
	public List<String> candidates(String name) {
		if (name.endsWith(".")) {
			return List.of(name);
		}
		String asItStands = name + ".";
		List<String> searched = this.domains.stream().map((domain) -> full(name, domain)).toList();
		long dots = name.chars().filter((character) -> character == '.').count();
		return ((dots >= this.ndots) ? Stream.concat(Stream.of(asItStands), searched.stream())
				: Stream.concat(searched.stream(), Stream.of(asItStands)))
			.distinct()
			.toList();
	}

	/** A domain may begin or end with a dot, or be nothing else. */
	private static String full(String name, String domain) {
		String bare = domain.startsWith(".") ? domain.substring(1) : domain;
		String full = bare.isEmpty() ? name : name + "." + bare;
		return full.endsWith(".") ? full : full + ".";
	}

}
