package io.scalesrpc.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;

import javax.net.ssl.SSLServerSocket;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.testing.SocketServer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.TlsMaterial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With a real server behind the TLS of the Java runtime. */
@Sockets
class RedisTlsTests extends TlsContract {

	private static RedisNode node;

	RedisTlsTests() {
		super("redis");
	}

	@BeforeAll
	static void startRedis() {
		node = RedisNode.bundled();
	}

	@AfterAll
	static void stopRedis() {
		node.close();
	}

	@Override
	Set<FailureKind> lateRefusals() {
		return Set.of(FailureKind.CONNECTION_LOST, FailureKind.NOT_SENT);
	}

	@Override
	TlsEchoServer start(TlsMaterial material, boolean mutual) throws Exception {
		SSLServerSocket socket = TlsEchoServer.socket(material, mutual);
		SocketServer server = new SocketServer(socket, (client, number) -> serve(client));
		return new TlsEchoServer(socket.getLocalPort(), () -> stop(server));
	}

	private static void serve(Socket client) throws IOException {
		try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
			Thread answers = new Thread(() -> pass(upstream, client), "tls-redis");
			answers.start();
			pass(client, upstream);
			upstream.shutdownOutput();
			answers.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void pass(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// one of them is gone
		}
	}

	private static void stop(SocketServer server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
