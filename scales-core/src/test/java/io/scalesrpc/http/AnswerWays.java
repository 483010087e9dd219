package io.scalesrpc.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

import static io.scalesrpc.http.RawHttp2Server.DATA;
import static io.scalesrpc.http.RawHttp2Server.END_HEADERS;
import static io.scalesrpc.http.RawHttp2Server.END_STREAM;
import static io.scalesrpc.http.RawHttp2Server.HEADERS;
import static io.scalesrpc.http.RawHttp2Server.header;
import static io.scalesrpc.http.RawHttp2Server.join;
import static io.scalesrpc.http.RawHttp2Server.status;

/**
 * The ways in which one and the same answer reaches a caller: over HTTP/1.1 or HTTP/2,
 * whole or streamed. <em>Immutable</em>.
 */
public enum AnswerWays {

	HTTP_1_WHOLE(false, false), HTTP_1_STREAMED(false, true), HTTP_2_WHOLE(true, false), HTTP_2_STREAMED(true, true);

	public final boolean http2;

	public final boolean streamed;

	AnswerWays(boolean http2, boolean streamed) {
		this.http2 = http2;
		this.streamed = streamed;
	}

	/** Asks a server of plain sockets that gives the answer to every request. */
	public Received ask(String method, byte[] body, String... namesAndValues) throws IOException {
		if (this.http2) {
			try (RawHttp2Server server = new RawHttp2Server((peer) -> {
				while (true) {
					answer(peer, peer.request(), body, namesAndValues);
				}
			})) {
				return ask(server.port(), method);
			}
		}
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				peer.next();
				peer.send(head(namesAndValues));
				peer.send(body);
			}
		})) {
			return ask(server.port(), method);
		}
	}

	private static void answer(RawHttp2Server.Peer peer, int stream, byte[] body, String... fields) throws IOException {
		byte[] head = status(200);
		for (int i = 0; i < fields.length; i += 2) {
			head = join(head, header(fields[i], fields[i + 1]));
		}
		peer.send(HEADERS, END_HEADERS | ((body.length == 0) ? END_STREAM : 0), stream, head);
		for (int from = 0; from < body.length; from += 16_384) {
			int to = Math.min(body.length, from + 16_384);
			peer.send(DATA, (to == body.length) ? END_STREAM : 0, stream, Arrays.copyOfRange(body, from, to));
		}
	}

	private static String head(String... fields) {
		StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
		for (int i = 0; i < fields.length; i += 2) {
			head.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

	/** Asks a server of this version for one answer, and for another one after it. */
	public Received ask(int port, String method) {
		try (ClientHandle<ScalesHttpClient> client = client(port).option("gzip", "true").build()) {
			return read(client.proxy(), ScalesHttpRequest.of(method, "/"));
		}
	}

	public Received read(ScalesHttpClient client, ScalesHttpRequest request) {
		ScalesHttpResponse response = client.exchange(this.streamed ? request.streamed() : request);
		if (!response.isStreamed()) {
			return new Received(response, response.body(), null);
		}
		try (InputStream in = response.stream().inputStream()) {
			return new Received(response, in.readAllBytes(), null);
		}
		catch (IOException ex) {
			return new Received(response, new byte[0], ex);
		}
	}

	public ClientBuilder<ScalesHttpClient> client(int port) {
		return retrying(port).callOption(RetrySettings.KEY, RetrySettings.OFF);
	}

	/** A client that sends a call again as it does unless told otherwise. */
	public ClientBuilder<ScalesHttpClient> retrying(int port) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.option("version", this.http2 ? "2" : "1.1")
			.uri("tcp://127.0.0.1:" + port)
			.connectTimeout(Duration.ofSeconds(10))
			.timeout(Duration.ofSeconds(20))
			.closeGrace(Duration.ZERO);
	}

	/**
	 * What a caller got. <em>Immutable</em>.
	 *
	 * @param response the answer
	 * @param body its body
	 * @param failure why that is not whole; null if it is
	 */
	public record Received(ScalesHttpResponse response, byte[] body, @Nullable IOException failure) {
	}

}
