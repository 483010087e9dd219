package io.scalesrpc.benchmark.armeria;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import org.jspecify.annotations.Nullable;

/**
 * Armeria in its modes, as it comes. <em>Stateless</em>.
 */
public final class ArmeriaClients {

	private static final String PATH = "/echo";

	private ArmeriaClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, ArmeriaClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) {
		return switch (name) {
			case "armeria-http1" -> new Futures(client("h1c", port));
			case "armeria-http2" -> new Futures(client("h2c", port));
			case "armeria-http1-blocking" -> blocking(client("h1c", port).blocking());
			default -> throw Client.unknown(name);
		};
	}

	private static WebClient client(String protocol, int port) {
		return WebClient.builder(protocol + "://localhost:" + port).responseTimeout(Duration.ofSeconds(10)).build();
	}

	private static BlockingEchoClient blocking(BlockingWebClient client) {
		return (text) -> text(client.execute(request(text)));
	}

	private static HttpRequest request(String text) {
		return HttpRequest.of(HttpMethod.POST, PATH, MediaType.PLAIN_TEXT,
				HttpData.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
	}

	private static String text(AggregatedHttpResponse answer) {
		return answer.content(StandardCharsets.ISO_8859_1);
	}

	/**
	 * By futures. <em>Thread-safe</em>.
	 *
	 * @param client the client
	 */
	private record Futures(WebClient client) implements AsyncEchoClient {

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			this.client.execute(request(text))
				.aggregate()
				.whenComplete((answer, failure) -> done.accept((answer != null) ? text(answer) : null, failure));
		}

	}

}
