package io.scalesrpc.benchmark.load;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Compares clients, each in a process of its own, by calls of the same servers in
 * another; or servers. Prints the medians as tables in Markdown. Run by {@code compare}.
 * <em>Stateless</em>.
 */
public final class Comparison {

	private Comparison() {
	}

	/**
	 * Runs the comparison.
	 * @param args {@code name=value} each; README.md has them
	 */
	public static void main(String[] args) throws IOException {
		Options options = Options.of(args);
		for (String pinning : options.pinning()) {
			if (options.servers().isEmpty()) {
				for (String members : options.members()) {
					compare(options, pinning, members);
				}
			}
			else {
				ServerComparison.compare(options, pinning);
			}
		}
	}

	private static void compare(Options options, String pinning, String members) throws IOException {
		boolean pinned = pinning.equals("pinned");
		try (Program servers = Program.start(pinned ? "0" : null, "netty",
				List.of("io.scalesrpc.benchmark.netty.Servers", members))) {
			for (String bytes : options.bytes()) {
				for (String atATime : options.atATime()) {
					System.out.printf("%n%s members, %s bytes, %s at a time, %s%n%n", members, bytes, atATime, pinning);
					compare(options, servers, pinned ? "1" : null, List.of(atATime, bytes));
				}
			}
		}
	}

	private static void compare(Options options, Program servers, @Nullable String processor, List<String> load)
			throws IOException {
		try (Subjects subjects = new Subjects()) {
			for (String client : bareLast(options.clients())) {
				Peer peer = Peer.client(client);
				int connections = client.startsWith("bare") ? connections(subjects, options.seconds()) : 0;
				Program program = Program.start(processor, peer.project(), List.of(peer.main(), client,
						servers.port(peer.protocol()), load.get(0), load.get(1), String.valueOf(connections)));
				subjects.add(client, new Subject(program, null), options.warmUp());
			}
			Map<String, Figures> figures = new LinkedHashMap<>();
			options.clients().forEach((client) -> figures.put(client, new Figures()));
			subjects.run(options.rounds(), "closed " + options.seconds(), figures);
			if (options.latency() > 0) {
				// The same for all, which the slowest of them can do at half its
				// capacity.
				double rate = figures.values().stream().mapToDouble((each) -> each.median("rate")).min().orElseThrow()
						/ 2;
				System.out.printf("Latencies at %.0f calls a second.%n%n", rate);
				subjects.run(options.rounds(), "open " + options.latency() + " " + rate, figures);
			}
			print(figures);
		}
	}

	/** They are to have as many connections as others were found to use. */
	private static List<String> bareLast(List<String> clients) {
		return clients.stream().sorted(Comparator.comparing((client) -> client.startsWith("bare"))).toList();
	}

	/** How many they have in use once they are warm. */
	private static int connections(Subjects subjects, int seconds) throws IOException {
		Map<String, Figures> figures = new LinkedHashMap<>();
		subjects.run(1, "closed " + seconds, figures);
		return (int) figures.values().stream().mapToDouble((each) -> each.median("connections")).max().orElse(0);
	}

	/** Processor time is also told as a multiple of the first client's. */
	private static void print(Map<String, Figures> figures) {
		System.out
			.println("| client | connections | calls/s | processor time a call | | heap a call | p50 | p99 | p99.9 |");
		System.out.println("|---|---|---|---|---|---|---|---|---|");
		double first = figures.values().iterator().next().median("cpu");
		figures.forEach(
				(client, each) -> System.out.printf("| %s | %s | %.0f | %.2f us | %.2f | %.0f B | %s | %s | %s |%n",
						client, connections(each.median("connections")), each.median("rate"), each.median("cpu"),
						each.median("cpu") / first, each.median("bytes"), micros(each.median("p50")),
						micros(each.median("p99")), micros(each.median("p999"))));
	}

	/** Not every client tells. */
	private static String connections(double value) {
		return (value > 0) ? String.format("%.0f", value) : "";
	}

	private static String micros(double value) {
		return Double.isNaN(value) ? "" : String.format("%.0f us", value);
	}

}
