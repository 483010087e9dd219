package io.scalesrpc.benchmark.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What is compared. <em>Immutable</em>.
 *
 * @param group what is compared with each other: one server, one protocol
 * @param protocol the protocol of the server, as it prints it
 * @param project the folder that has it
 * @param main the class that runs it
 * @param names of clients or servers
 */
record Peer(String group, String protocol, String project, String main, List<String> names) {

	private static final List<Peer> CLIENTS = List.of(
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
			of("grpc", "http2", "grpc", "grpc.GrpcClients", "grpc", "grpc-event-loop", "grpc-blocking"),
			of("", "http2", "grpc", "grpc.GrpcClients", "grpc-no-deadline"));

	private static final List<Peer> SERVERS = List.of(
			of("", "mux", "scales", "scales.ThriftServers", "scales", "scales-event-loop"),
			of("", "mux", "finagle", "finagle.FinagleServers", "finagle", "finagle-pool"),
			of("", "http2", "grpc", "grpc.GrpcServers", "grpc", "grpc-event-loop"),
			of("", "mux", "netty", "netty.Servers", "lean"));

	private static Peer of(String group, String protocol, String project, String main, String... names) {
		return new Peer(group, protocol, project, "io.scalesrpc.benchmark." + main, List.of(names));
	}

	/**
	 * The peer that has a client.
	 * @param client its name
	 * @throws IllegalArgumentException if there is none
	 */
	static Peer client(String client) {
		return find("clients", client, CLIENTS);
	}

	/**
	 * The peer that has a server.
	 * @param server its name
	 * @throws IllegalArgumentException if there is none
	 */
	static Peer server(String server) {
		return find("servers", server, SERVERS);
	}

	/**
	 * The client that calls servers where these are compared: the one that costs least
	 * and that sends no deadline.
	 * @param protocol the protocol
	 */
	static String caller(String protocol) {
		return protocol.equals("mux") ? "bare" : "grpc-no-deadline";
	}

	private static Peer find(String what, String name, List<Peer> peers) {
		return peers.stream()
			.filter((peer) -> peer.names.contains(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(what + ": " + name + " (expected: one of "
					+ peers.stream().flatMap((peer) -> peer.names.stream()).toList() + ")"));
	}

	/**
	 * Finds clients.
	 * @param names of clients and groups
	 */
	static List<String> clients(List<String> names) {
		List<String> clients = new ArrayList<>();
		for (String name : names) {
			List<String> group = CLIENTS.stream()
				.filter((peer) -> peer.group.equals(name))
				.flatMap((peer) -> peer.names.stream())
				.toList();
			clients.addAll(group.isEmpty() ? List.of(name) : group);
		}
		if (Runtime.version().feature() < 21) {
			clients.removeIf((client) -> client.endsWith("-virtual"));
		}
		return clients;
	}

}
