package io.scalesrpc.observation;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A collector on loopback: takes what tracers post, and reads the spans.
 * <em>Thread-safe</em>.
 */
final class TraceReceiver implements AutoCloseable {

	private final List<Received> spans = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	TraceReceiver(String path, int status, Function<byte[], List<Received>> reader) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext(path, (exchange) -> take(exchange, status, reader));
		this.server.start();
	}

	private void take(HttpExchange exchange, int status, Function<byte[], List<Received>> reader) throws IOException {
		boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
		try (InputStream body = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
			this.spans.addAll(reader.apply(body.readAllBytes()));
		}
		exchange.sendResponseHeaders(status, -1);
		exchange.close();
	}

	String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** The span of a kind. */
	Received span(String kind) {
		return this.spans.stream().filter((span) -> span.kind().equals(kind)).findFirst().orElseThrow();
	}

	List<Received> spans() {
		return this.spans;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A span as it came.
	 *
	 * @param traceId in hexadecimal
	 * @param id in hexadecimal
	 * @param parentId in hexadecimal; empty for none
	 * @param name its name
	 * @param kind {@code CLIENT} or {@code SERVER}
	 * @param text all of it that is text
	 */
	record Received(String traceId, String id, String parentId, String name, String kind, String text) {

		static String text(byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}

	}

}
