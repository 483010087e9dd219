package io.scalesrpc.spring.http;

import java.net.URI;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Sends the requests of a {@code RestClient} or {@code RestTemplate} through a Scales
 * client:
 *
 * <pre>{@code
 * RestClient.builder()
 *     .baseUrl("http://users")
 *     .requestFactory(new ScalesClientHttpRequestFactory(registry, "users"))
 *     .build();
 * }</pre>
 *
 * The host of a URI is the name of the client; a URI may also be a path alone. Whatever
 * the server answers is Spring's to judge; a call without an answer throws a
 * {@link io.scalesrpc.call.ScalesException}. Bodies are held in memory.
 * <em>Thread-safe</em>.
 */
public final class ScalesClientHttpRequestFactory implements ClientHttpRequestFactory {

	private final HttpCalls calls;

	/**
	 * Creates a factory, and the client unless it is there already.
	 * @param registry the clients of the application
	 * @param client the name of one whose protocol is {@code http}
	 * @throws RuntimeException if it is not configured, or has another protocol
	 */
	public ScalesClientHttpRequestFactory(ScalesClientRegistry registry, String client) {
		this(registry.handle(client, ScalesHttpClient.class));
	}

	/**
	 * Creates a factory.
	 * @param client a client whose protocol is {@code http}
	 * @throws IllegalArgumentException if it has another protocol
	 */
	public ScalesClientHttpRequestFactory(ClientHandle<?> client) {
		this.calls = new HttpCalls(client);
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		return new BufferedRequest(this.calls, uri, method);
	}

}
