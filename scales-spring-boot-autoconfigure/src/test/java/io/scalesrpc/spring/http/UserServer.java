package io.scalesrpc.spring.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.scalesrpc.spring.testing.Contexts;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * A server of the JDK that knows users: {@code /users/<id>} with its number as the name,
 * {@code /echo} with what was sent, {@code /status/<status>}, {@code /count} with the
 * number of the request, and {@code /slow}. <em>Thread-safe</em>.
 */
final class UserServer implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger counted = new AtomicInteger();

	private final AtomicLong streamed = new AtomicLong();

	private final AtomicInteger cut = new AtomicInteger();

	private UserServer(HttpServer server) {
		this.server = server;
	}

	static UserServer start() {
		try {
			UserServer users = new UserServer(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			users.server.setExecutor(users.threads);
			users.server.createContext("/users/", (exchange) -> answer(exchange, 200, "application/json",
					"{\"id\":" + last(exchange) + ",\"name\":\"user " + last(exchange) + "\"}"));
			users.server.createContext("/echo",
					(exchange) -> answer(exchange, 201, "application/json", text(exchange)));
			users.server.createContext("/line",
					(exchange) -> answer(exchange, 200, "text/plain", exchange.getRequestMethod() + " "
							+ exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Cookie")));
			users.server.createContext("/status/",
					(exchange) -> answer(exchange, Integer.parseInt(last(exchange)), "text/plain", "why"));
			users.server.createContext("/count", users::count);
			users.server.createContext("/slow", UserServer::never);
			users.server.createContext("/upload", (exchange) -> answer(exchange, 200, "text/plain",
					exchange.getRequestHeaders().getFirst("Content-Type") + "\n" + text(exchange)));
			users.server.createContext("/stream/", users::stream);
			users.server.start();
			return users;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** An application whose client {@code users} calls this server. */
	ApplicationContextRunner application(String... properties) {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesHttpAutoConfiguration.class))
			.withPropertyValues("scales.clients.users.uri=" + uri(), "scales.clients.users.protocol=http",
					"scales.clients.users.close-grace=0s",
					// Generous: the machine may be busy with something else.
					"scales.clients.users.connect-timeout=5s")
			.withPropertyValues(properties);
	}

	String uri() {
		return "tcp://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Without a cookie, so that it may be kept unless it is a secret. */
	private void count(HttpExchange exchange) throws IOException {
		byte[] bytes = Integer.toString(this.counted.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "text/plain");
		if (last(exchange).equals("secret")) {
			exchange.getResponseHeaders().set("Cache-Control", "no-store");
		}
		exchange.sendResponseHeaders(200, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	/** Bytes that were taken of endless bodies. */
	long streamed() {
		return this.streamed.get();
	}

	/** How many endless bodies came to an end because nobody read them any more. */
	int cut() {
		return this.cut.get();
	}

	/**
	 * A body that is its type's first lines, and goes on for ever if the path says so.
	 */
	private void stream(HttpExchange exchange) throws IOException {
		boolean events = exchange.getRequestURI().getQuery().equals("events");
		String line = events ? "id:7\ndata:hello\n\n" : "{\"id\":7,\"name\":\"user 7\"}\n";
		exchange.getResponseHeaders().set("Content-Type", events ? "text/event-stream" : "application/x-ndjson");
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(line.repeat(3).getBytes(StandardCharsets.UTF_8));
			body.flush();
			byte[] more = line.repeat(100).getBytes(StandardCharsets.UTF_8);
			while (last(exchange).equals("endless")) {
				body.write(more);
				this.streamed.addAndGet(more.length);
			}
			if (last(exchange).equals("halting")) {
				never(exchange);
			}
		}
		catch (IOException ex) {
			this.cut.incrementAndGet();
		}
	}

	private static void never(HttpExchange exchange) {
		LockSupport.parkNanos(Long.MAX_VALUE);
		exchange.close();
	}

	private static String last(HttpExchange exchange) {
		String path = exchange.getRequestURI().getPath();
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static String text(HttpExchange exchange) throws IOException {
		return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
