package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.message.ClumsyHttp;
import io.scalesrpc.testing.OutageContract;
import io.scalesrpc.testing.Stumbling;
import org.jspecify.annotations.Nullable;

/**
 * HTTP, whichever version: bodies that come back as they are. <em>Confined to the thread
 * that runs the tests.</em>
 */
public abstract class HttpConnectionContract extends OutageContract<ScalesHttpClient> {

	private final String version;

	public HttpConnectionContract(String version) {
		this.version = version;
	}

	@Override
	protected final ClientBuilder<ScalesHttpClient> builder(String uri) {
		return ScalesClients.builder(ScalesHttpClient.class).protocol("http").option("version", this.version).uri(uri);
	}

	@Override
	protected final ClientBuilder<ScalesHttpClient> stumbling(String uri, Stumbling stumbling) {
		return builder(uri).protocol(new ClumsyHttp(stumbling));
	}

	@Override
	protected final CompletableFuture<?> callAsync(ScalesHttpClient client, String text) {
		return client.postAsync("/", "text/plain", text.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	protected final Object call(ScalesHttpClient client, String text) {
		return client.post("/", "text/plain", text.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	protected final @Nullable Object seen(@Nullable Object answer) {
		return (answer instanceof ScalesHttpResponse response) ? response.text() : null;
	}

	/** A body is whatever it is. */
	@Override
	protected final boolean hasUnreadableAnswers() {
		return false;
	}

}
