package io.scalesrpc.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Has the demo's servers on ports that are free: below those that systems hand out by
 * themselves (32768 and up on Linux), since the servers start much later, and elsewhere
 * in each process of the build. <em>Stateless</em>.
 */
final class FreePorts {

	private static final int FIRST = 8_100;

	private static final int COUNT = 7_900;

	/** Processes that start one after the other begin so far apart. */
	private static final int APART = 211;

	private FreePorts() {
	}

	/** All but those of Kafka and Redis, and gives back some that are free as well. */
	static List<Integer> register(DynamicPropertyRegistry registry) {
		List<Integer> ports = some(8);
		registry.add("demo.fleet.zookeeper-port", () -> ports.get(0));
		registry.add("demo.live.rate", () -> 0);
		registry.add("demo.chain.front-port", () -> ports.get(1));
		registry.add("demo.chain.back-port", () -> ports.get(2));
		registry.add("demo.stock.ports", () -> ports.subList(3, 6));
		registry.add("scales.clients.stock.uri", () -> uri(ports.subList(3, 6)));
		registry.add("scales.clients.stock-http2.uri", () -> uri(ports.subList(3, 6)));
		registry.add("scales.clients.chain-front.uri", () -> "tcp://localhost:" + ports.get(1));
		registry.add("scales.clients.chain-back.uri", () -> "tcp://localhost:" + ports.get(2));
		return ports.subList(6, 8);
	}

	private static String uri(List<Integer> ports) {
		return "tcp://" + ports.stream().map((free) -> "localhost:" + free).collect(Collectors.joining(","));
	}

	private static List<Integer> some(int count) {
		List<Integer> ports = new ArrayList<>();
		int next = (int) (ProcessHandle.current().pid() * APART % COUNT);
		for (int tries = 0; ports.size() < count && tries < COUNT; tries++) {
			int port = FIRST + (next + tries) % COUNT;
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				ports.add(socket.getLocalPort());
			}
			catch (IOException ex) {
				// Somebody else has it.
			}
		}
		if (ports.size() < count) {
			throw new IllegalStateException("free ports from " + FIRST + " to " + (FIRST + COUNT - 1) + ": " + ports
					+ " (expected: " + count + ")");
		}
		return ports;
	}

}
