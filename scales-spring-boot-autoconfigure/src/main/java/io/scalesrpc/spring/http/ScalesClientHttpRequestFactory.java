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
 * {@link io.scalesrpc.call.ScalesException}. Bodies of requests are held in memory, and
 * so are those of answers unless {@link #streaming} says otherwise. <em>Thread-safe</em>.
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
		this(new HttpCalls(client, false));
	}

	private ScalesClientHttpRequestFactory(HttpCalls calls) {
		this.calls = calls;
	}

	/**
	 * Returns a factory like this whose answers are streams, or are whole. The timeout of
	 * a call covers a whole answer, and of one that is a stream the head. A stream must
	 * be read to its end or closed, as {@code RestClient} does with all but an
	 * {@code InputStream} that it hands out and with {@code exchange(..., false)}.
	 * @param streaming whether the body of an answer is read as it comes
	 * @return the other factory
	 */
	public ScalesClientHttpRequestFactory streaming(boolean streaming) {
		return new ScalesClientHttpRequestFactory(this.calls.streaming(streaming));
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		return new BufferedRequest(this.calls, uri, method);
	}

}
