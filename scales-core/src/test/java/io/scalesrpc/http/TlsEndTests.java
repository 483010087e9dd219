package io.scalesrpc.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.http.AnswerWays.Received;
import io.scalesrpc.testing.SocketServer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers without a length over TLS: only a close_notify is their end (RFC 9112, 9.8),
 * anybody can send a FIN.
 */
@Sockets
class TlsEndTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	private static final String REASON = "connection closed without a close_notify of TLS";

	/** Serves one answer, and ends the connection below TLS if told so. */
	private static SocketServer server(boolean closeNotify) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(AUTHORITY.certificate("localhost").getKeyManagers(), null, null);
		return new SocketServer((plain, number) -> {
			SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
			socket.setUseClientMode(false);
			serve(socket);
			end(closeNotify ? socket : plain);
			plain.getInputStream().transferTo(OutputStream.nullOutputStream());
		});
	}

	private static void serve(Socket socket) throws IOException {
		byte[] end = new byte[4];
		while (!"\r\n\r\n".equals(new String(end, US_ASCII))) {
			System.arraycopy(end, 1, end, 0, 3);
			end[3] = (byte) socket.getInputStream().read();
		}
		socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhalf a body".getBytes(US_ASCII));
		socket.getOutputStream().flush();
	}

	private static void end(Socket socket) throws IOException {
		socket.shutdownOutput();
	}

	private static Received ask(AnswerWays way, boolean closeNotify) throws Exception {
		try (SocketServer server = server(closeNotify);
				ClientHandle<ScalesHttpClient> client = way.client(server.port())
					.uri("tcp://localhost:" + server.port())
					.tls(TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null)))
					.build()) {
			return way.read(client.proxy(), ScalesHttpRequest.of("GET", "/"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_WHOLE", "HTTP_1_STREAMED" })
	void aCloseNotifyIsTheEndOfABody(AnswerWays way) throws Exception {
		Received received = ask(way, true);
		assertThat(received.failure()).isNull();
		assertThat(received.body()).isEqualTo("half a body".getBytes(US_ASCII));
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_WHOLE", "HTTP_1_STREAMED" })
	void aFinIsNot(AnswerWays way) throws Exception {
		if (way.streamed) {
			assertThat(ask(way, false).failure()).hasMessageContaining(REASON);
		}
		else {
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> ask(way, false))
				.withMessageContaining(REASON);
		}
	}

}
