package io.scalesrpc.benchmark.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares servers, each in a process of its own and called by a client in another: what
 * a call costs the server. <em>Stateless</em>.
 */
final class ServerComparison {

	private ServerComparison() {
	}

	static void compare(Options options, String pinning) throws IOException {
		for (String bytes : options.bytes()) {
			for (String atATime : options.atATime()) {
				System.out.printf("%n%s bytes, %s at a time, %s%n%n", bytes, atATime, pinning);
				compare(options, pinning.equals("pinned"), List.of(atATime, bytes));
			}
		}
	}

	private static void compare(Options options, boolean pinned, List<String> load) throws IOException {
		try (Subjects subjects = new Subjects()) {
			for (String server : options.servers()) {
				subjects.add(server, start(Peer.server(server), server, pinned, load), options.warmUp());
			}
			Map<String, Figures> figures = new LinkedHashMap<>();
			subjects.run(options.rounds(), "closed " + options.seconds(), figures);
			print(figures);
		}
	}

	private static Subject start(Peer peer, String name, boolean pinned, List<String> load) throws IOException {
		Program server = Program.start(pinned ? "0" : null, peer.project(), List.of(peer.main(), name));
		String client = Peer.caller(peer.protocol());
		Peer caller = Peer.client(client);
		return new Subject(
				Program.start(pinned ? "1" : null, caller.project(),
						List.of(caller.main(), client, server.port(peer.protocol()), load.get(0), load.get(1), "0")),
				server);
	}

	/** Processor time is also told as a multiple of the first server's. */
	private static void print(Map<String, Figures> figures) {
		System.out.println("| server | calls/s | processor time a call | | heap a call | its client's time a call |");
		System.out.println("|---|---|---|---|---|---|");
		double first = figures.values().iterator().next().median("server_cpu");
		figures.forEach((server, each) -> System.out.printf("| %s | %.0f | %.2f us | %.2f | %.0f B | %.2f us |%n",
				server, each.median("rate"), each.median("server_cpu"), each.median("server_cpu") / first,
				each.median("server_bytes"), each.median("cpu")));
	}

}
