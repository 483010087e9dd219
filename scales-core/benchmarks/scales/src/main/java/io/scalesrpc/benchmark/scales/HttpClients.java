package io.scalesrpc.benchmark.scales;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.protocol.HttpProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Scales' own asynchronous client of HTTP. <em>Stateless</em>.
 */
public final class HttpClients {

	private HttpClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, HttpClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) {
		return switch (name) {
			case "scales-http1" -> client(port, "1.1");
			case "scales-http2" -> client(port, "2");
			default -> throw Client.unknown(name);
		};
	}

	private static EchoClient client(int port, String version) {
		return new Futures(ScalesClients.builder(ScalesHttpClient.class)
			.name("echo")
			.protocol(new HttpProtocol())
			.option("version", version)
			.uri("tcp://localhost:" + port)
			.timeout(Duration.ofSeconds(10))
			.build()
			.proxy());
	}

	/**
	 * By futures. <em>Thread-safe</em>.
	 *
	 * @param http the proxy
	 */
	private record Futures(ScalesHttpClient http) implements AsyncEchoClient {

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			this.http.postAsync("/echo", "text/plain", text.getBytes(StandardCharsets.ISO_8859_1))
				.whenComplete((answer, failure) -> done.accept((answer != null) ? answer.text() : null, failure));
		}

	}

}
