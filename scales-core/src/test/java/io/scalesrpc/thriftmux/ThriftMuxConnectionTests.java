package io.scalesrpc.thriftmux;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Connections over real sockets to servers that are hand-made, broken, or not there.
 */
@Sockets
class ThriftMuxConnectionTests {

	private final ThriftMuxLoopback loopback = new ThriftMuxLoopback(Map.of());

	@AfterEach
	void close() {
		this.loopback.close();
	}

	private static ServerSocket serverSocket() throws IOException {
		return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
	}

	@Test
	void aPortNobodyListensOnIsRefused() throws IOException {
		int port;
		try (ServerSocket free = serverSocket()) {
			port = free.getLocalPort();
		}
		assertThatThrownBy(() -> this.loopback.open(port).join())
			.hasMessageStartingWith("java.lang.IllegalStateException: cannot connect: ")
			.hasMessageContaining("refused");
	}

	@Test
	void aServerThatAcceptsAndSaysNothingIsGivenUpInTime() throws IOException {
		try (ServerSocket silent = serverSocket()) {
			long start = System.nanoTime();
			assertThatThrownBy(() -> this.loopback.open(silent.getLocalPort()).join())
				.hasMessageContaining("no connection within 400 ms");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(390),
					Duration.ofSeconds(5));
		}
	}

	@Test
	void aServerThatHangsUpIsAFailure() throws Exception {
		try (ServerSocket rude = serverSocket()) {
			CompletableFuture<Connection> opening = this.loopback.open(rude.getLocalPort());
			rude.accept().close();
			assertThatThrownBy(opening::join)
				.hasMessageMatching(".*(connection closed during the handshake|handshake failed: .*reset.*)");
		}
	}

	@Test
	void aServerOfAnotherProtocolIsAFailure() throws Exception {
		try (ServerSocket web = serverSocket()) {
			CompletableFuture<Connection> opening = this.loopback.open(web.getLocalPort());
			try (Socket socket = web.accept(); OutputStream out = socket.getOutputStream()) {
				out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				out.flush();
				assertThatThrownBy(opening::join).hasMessageContaining("handshake failed: frame size: ");
			}
		}
	}

	@Test
	void aNameThatDoesNotExistIsAFailure() {
		assertThatThrownBy(() -> this.loopback.open(Member.of("no-such-host.invalid", 1)).join())
			.hasMessageStartingWith("java.lang.IllegalStateException: cannot connect: ")
			.hasMessageContaining("no-such-host.invalid");
	}

	@Test
	void callsRunOverOneConnectionAndATimeoutIsToldToTheServer() throws Exception {
		try (PeerServer server = PeerServer.start()) {
			Connection connection = this.loopback.open(server.port()).get();
			Call echo = this.loopback.call("echo", "hello");
			connection.dispatch(echo);
			assertThat(((Reply) ThriftMuxLoopback.outcome(echo).get()).value()).isEqualTo("hello");
			Call slow = this.loopback.call("sleep", 5000);
			connection.dispatch(slow);
			server.awaitSleep();
			Call after = this.loopback.call("echo", "after");
			slow.end(Failure.of(FailureKind.TIMEOUT, "no answer within 20 ms"));
			connection.dispatch(after);
			assertThat(((Reply) ThriftMuxLoopback.outcome(after).get()).value()).isEqualTo("after");
			assertThat(connection.state()).isEqualTo(SinkState.OPEN);
			connection.close(Duration.ofSeconds(5)).toCompletableFuture().get();
			assertThat(server.stats().requests()).isEqualTo(3);
			assertThat(server.stats().discards()).isEqualTo(1);
		}
	}

	@Test
	void everyKindOfAnswerArrivesAsWhatItIs() throws Exception {
		try (PeerServer server = PeerServer.start()) {
			Connection connection = this.loopback.open(server.port()).get();
			assertThat(dispatch(connection, "ping")).isEqualTo(Reply.EMPTY);
			assertThat(((Reply) dispatch(connection, "add", 2, 3)).value()).isEqualTo(5);
			assertThat(((Failure) dispatch(connection, "fail", 7, "no")).kind()).isEqualTo(FailureKind.DECLARED);
			Failure undeclared = (Failure) dispatch(connection, "failUndeclared", "boom");
			assertThat(undeclared.kind()).isEqualTo(FailureKind.REMOTE);
			assertThat(undeclared.reason()).contains("Internal error processing failUndeclared", "boom");
			assertThat(dispatch(connection, "fire", "x")).isEqualTo(Reply.EMPTY);
			String large = "x".repeat(1_000_000);
			assertThat(((Reply) dispatch(connection, "echo", large)).value()).isEqualTo(large);
			connection.close(Duration.ofSeconds(5)).toCompletableFuture().get();
		}
	}

	private Outcome dispatch(Connection connection, String method, Object... arguments) throws Exception {
		Call call = this.loopback.call(method, arguments);
		connection.dispatch(call);
		return ThriftMuxLoopback.outcome(call).get();
	}

}
