package io.scalesrpc.finagle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our client calls a server of Finagle's that is slow to answer the start of a session.
 */
class SlowServerTests {

	/** The marker of the handshake, and the ping that follows when nobody answers it. */
	private static final int MARKER_AND_PING_BYTES = 19 + 8;

	@Test
	void aServerThatSaysNothingBeforeThePingIsServedOnTheSameConnection() throws Exception {
		try (FinagleServer server = FinagleServer.start();
				ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread relaying = new Thread(() -> relay(relay, server.port()), "slow-relay");
			relaying.setDaemon(true);
			relaying.start();
			try (ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
				.name("peer")
				.uri("tcp://localhost:" + relay.getLocalPort())
				.connectTimeout(Duration.ofSeconds(2))
				.build()) {
				assertThat(client.proxy().echo("hello")).isEqualTo("hello");
				assertThat(client.proxy().add(2, 40)).isEqualTo(42);
			}
			relaying.join(10_000);
			assertThat(server.stat("thrift/connects")).isEqualTo(1);
		}
	}

	/** Holds the first bytes back until the ping is among them. */
	private static void relay(ServerSocket relay, int port) {
		try (Socket client = relay.accept(); Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
			server.getOutputStream().write(client.getInputStream().readNBytes(MARKER_AND_PING_BYTES));
			Thread back = new Thread(() -> copy(server, client), "slow-relay-back");
			back.setDaemon(true);
			back.start();
			client.getInputStream().transferTo(server.getOutputStream());
		}
		catch (IOException ex) {
			// The client's test failed and said why.
		}
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// Closed by the other direction.
		}
	}

}
