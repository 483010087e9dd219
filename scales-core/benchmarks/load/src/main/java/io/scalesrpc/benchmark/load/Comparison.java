package io.scalesrpc.benchmark.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Runs one client after the other, each in a process of its own that stays alive, against
 * the same servers in another: warmed up in turn, then some rounds in turns, so that the
 * machine's mood meets them all. Prints the medians as tables in Markdown; the rounds go
 * to the error stream. Run by {@code compare}. <em>Stateless</em>.
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
			try (Program servers = Program.start(pinning.equals("pinned") ? "0" : null, "netty",
					List.of("io.scalesrpc.benchmark.netty.Servers"))) {
				for (String bytes : options.bytes()) {
					for (String atATime : options.atATime()) {
						System.out.printf("%n%s bytes, %s at a time, %s%n%n", bytes, atATime, pinning);
						compare(options, servers, pinning.equals("pinned") ? "1" : null, List.of(atATime, bytes));
					}
				}
			}
		}
	}

	private static void compare(Options options, Program servers, @Nullable String processor, List<String> load)
			throws IOException {
		Map<String, Program> programs = new LinkedHashMap<>();
		try {
			for (String client : options.clients()) {
				Peer peer = Peer.of(client);
				Program program = Program.start(processor, peer.project(),
						List.of(peer.main(), client, port(servers.ready(), peer.server()), load.get(0), load.get(1)));
				programs.put(client, program);
				System.err.printf("warm-up %-26s %s%n", client, program.tell("closed " + options.warmUp()));
			}
			Map<String, Figures> figures = new LinkedHashMap<>();
			rounds(options.rounds(), programs, figures, "closed " + options.seconds());
			if (options.latency() > 0) {
				// The same for all, which the slowest of them can do at half its
				// capacity.
				double rate = figures.values().stream().mapToDouble((each) -> each.median("rate")).min().orElseThrow()
						/ 2;
				System.out.printf("Latencies at %.0f calls a second.%n%n", rate);
				rounds(options.rounds(), programs, figures, "open " + options.latency() + " " + rate);
			}
			print(figures);
		}
		finally {
			programs.values().forEach(Program::close);
		}
	}

	private static void rounds(int rounds, Map<String, Program> programs, Map<String, Figures> figures, String command)
			throws IOException {
		for (int round = 1; round <= rounds; round++) {
			for (Map.Entry<String, Program> program : programs.entrySet()) {
				String line = program.getValue().tell(command);
				System.err.printf("round %d %-26s %s%n", round, program.getKey(), line);
				figures.computeIfAbsent(program.getKey(), (name) -> new Figures()).add(program.getKey(), line);
			}
		}
	}

	private static String port(String ready, String server) {
		for (String word : ready.split(" ")) {
			if (word.startsWith(server + "=")) {
				return word.substring(server.length() + 1);
			}
		}
		throw new IllegalStateException("no server of " + server + ": " + ready);
	}

	/** Processor time is also told as a multiple of the first client's. */
	private static void print(Map<String, Figures> figures) {
		System.out.println("| client | calls/s | processor time a call | | heap a call | p50 | p99 | p99.9 |");
		System.out.println("|---|---|---|---|---|---|---|---|");
		double first = figures.values().iterator().next().median("cpu");
		figures.forEach((client, each) -> System.out.printf("| %s | %.0f | %.2f us | %.2f | %.0f B | %s | %s | %s |%n",
				client, each.median("rate"), each.median("cpu"), each.median("cpu") / first, each.median("bytes"),
				micros(each.median("p50")), micros(each.median("p99")), micros(each.median("p999"))));
	}

	private static String micros(double value) {
		return Double.isNaN(value) ? "" : String.format("%.0f us", value);
	}

}
