package io.scalesrpc.benchmark.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be compared. <em>Immutable</em>.
 *
 * @param clients their names, in order
 * @param servers names of servers; if there are any, they are compared and not clients
 * @param members how many servers of mux a client calls
 * @param bytes of a text
 * @param atATime calls at a time
 * @param pinning {@code free} or {@code pinned}
 * @param rounds how many
 * @param seconds of a round
 * @param warmUp seconds
 * @param latency seconds of a round of the open loop; 0 for none
 */
record Options(List<String> clients, List<String> servers, List<String> members, List<String> bytes,
		List<String> atATime, List<String> pinning, int rounds, int seconds, int warmUp, int latency) {

	private static final Map<String, String> DEFAULTS = Map.of("clients", "mux", "servers", "", "members", "1", "bytes",
			"32", "at-a-time", "64", "pinning", "free", "rounds", "5", "seconds", "4", "warm-up", "15", "latency", "0");

	/**
	 * Reads {@code name=value} words.
	 * @throws IllegalArgumentException if one is unknown
	 */
	static Options of(String[] args) {
		Map<String, String> values = new TreeMap<>(DEFAULTS);
		for (String arg : args) {
			String[] words = arg.split("=", 2);
			if (words.length < 2 || values.replace(words[0], words[1]) == null) {
				throw new IllegalArgumentException(arg + " (expected: name=value, of " + DEFAULTS + ")");
			}
		}
		List<String> clients = Peer.clients(list(values, "clients"));
		clients.forEach(Peer::client);
		List<String> servers = values.getOrDefault("servers", "").isEmpty() ? List.of() : list(values, "servers");
		servers.forEach(Peer::server);
		for (String name : List.of("clients", "members", "latency")) {
			if (!servers.isEmpty() && !DEFAULTS.get(name).equals(values.get(name))) {
				throw new IllegalArgumentException(name + ": " + values.get(name) + " (expected: none beside servers)");
			}
		}
		return new Options(clients, servers, list(values, "members"), list(values, "bytes"), list(values, "at-a-time"),
				list(values, "pinning"), number(values, "rounds"), number(values, "seconds"), number(values, "warm-up"),
				number(values, "latency"));
	}

	private static List<String> list(Map<String, String> values, String name) {
		return List.of(values.getOrDefault(name, "").split(","));
	}

	private static int number(Map<String, String> values, String name) {
		return Integer.parseInt(values.getOrDefault(name, ""));
	}

}
