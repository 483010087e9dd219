package io.scalesrpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What is compared. <em>Immutable</em>.
 *
 * @param group what is compared with each other: one server, one protocol
 * @param server the protocol of the server, as {@code Servers} prints it
 * @param project the folder that has the client
 * @param main the class that runs it
 * @param clients their names
 */
record Peer(String group, String server, String project, String main, List<String> clients) {

	static final List<Peer> ALL = List.of(
			of("mux", "mux", "netty", "netty.BareClients", "bare", "bare-blocking", "bare-virtual"),
			of("mux", "mux", "scales", "scales.ThriftClients", "scales", "scales-event-loop", "scales-blocking",
					"scales-virtual"),
			of("mux", "mux", "finagle", "finagle.FinagleClients", "finagle", "finagle-heap", "finagle-p2c",
					"finagle-blocking"),
			of("observed", "mux", "observed", "observed.ObservedClients", "scales-timed", "scales-traced-unsampled",
					"scales-traced"),
			of("framed", "framed", "scales", "scales.ThriftClients", "scales-framed", "scales-pipelined",
					"scales-framed-blocking", "scales-pipelined-blocking"),
			of("framed", "framed", "libthrift", "libthrift.LibthriftClients", "libthrift-blocking", "libthrift-async"),
			of("http1", "http1", "http", "http.RestClients", "rest-scales-http1", "rest-httpclient5",
					"rest-reactor-netty", "rest-jdk", "rest-nothing"),
			of("http1", "http1", "scales", "scales.HttpClients", "scales-http1"),
			of("http1", "http1", "armeria", "armeria.ArmeriaClients", "armeria-http1", "armeria-http1-blocking"),
			of("http2", "http2", "armeria", "armeria.ArmeriaClients", "armeria-http2"),
			of("http2", "http2", "http", "http.RestClients", "rest-scales-http2"),
			of("http2", "http2", "scales", "scales.HttpClients", "scales-http2"),
			of("grpc", "http2", "grpc", "grpc.GrpcClients", "grpc", "grpc-event-loop", "grpc-blocking"));

	private static Peer of(String group, String server, String project, String main, String... clients) {
		return new Peer(group, server, project, "io.scalesrpc.benchmark." + main, List.of(clients));
	}

	/**
	 * The peer that has a client.
	 * @param client its name
	 * @throws IllegalArgumentException if there is none
	 */
	static Peer of(String client) {
		return ALL.stream()
			.filter((peer) -> peer.clients.contains(client))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("clients: " + client + " (expected: one of "
					+ ALL.stream().flatMap((peer) -> peer.clients.stream()).toList() + ")"));
	}

	/**
	 * Finds clients.
	 * @param names of clients and groups
	 */
	static List<String> clients(List<String> names) {
		List<String> clients = new ArrayList<>();
		for (String name : names) {
			List<String> group = ALL.stream()
				.filter((peer) -> peer.group.equals(name))
				.flatMap((peer) -> peer.clients.stream())
				.toList();
			clients.addAll(group.isEmpty() ? List.of(name) : group);
		}
		if (Runtime.version().feature() < 21) {
			clients.removeIf((client) -> client.endsWith("-virtual"));
		}
		return clients;
	}

}
