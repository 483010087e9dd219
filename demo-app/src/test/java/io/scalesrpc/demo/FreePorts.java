package io.scalesrpc.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.test.context.DynamicPropertyRegistry;

/** Has the demo's servers on ports that are free. <em>Stateless</em>. */
final class FreePorts {

	private FreePorts() {
	}

	/** All but those of Kafka and Redis, and gives back some that are free as well. */
	static List<Integer> register(DynamicPropertyRegistry registry) throws IOException {
		List<Integer> ports = some(12);
		registry.add("demo.pricing.ports", () -> ports.subList(0, 5));
		registry.add("demo.chain.front-port", () -> ports.get(5));
		registry.add("demo.chain.back-port", () -> ports.get(6));
		registry.add("demo.stock.ports", () -> ports.subList(7, 10));
		registry.add("scales.clients.pricing.uri", () -> uri(ports.subList(0, 5)));
		registry.add("scales.clients.stock.uri", () -> uri(ports.subList(7, 10)));
		registry.add("scales.clients.stock-http2.uri", () -> uri(ports.subList(7, 10)));
		registry.add("scales.clients.chain-front.uri", () -> "tcp://localhost:" + ports.get(5));
		registry.add("scales.clients.chain-back.uri", () -> "tcp://localhost:" + ports.get(6));
		return ports.subList(10, 12);
	}

	private static String uri(List<Integer> ports) {
		return "tcp://" + ports.stream().map((free) -> "localhost:" + free).collect(Collectors.joining(","));
	}

	private static List<Integer> some(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
		}
		List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
		for (ServerSocket socket : sockets) {
			socket.close();
		}
		return ports;
	}

}
