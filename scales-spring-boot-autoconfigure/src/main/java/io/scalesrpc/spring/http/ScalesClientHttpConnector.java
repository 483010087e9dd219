package io.scalesrpc.spring.http;

import java.net.URI;
import java.util.function.Function;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Sends the requests of a {@code WebClient} through a Scales client, as
 * {@link ScalesClientHttpRequestFactory} does for a {@code RestClient}. Who cancels a
 * subscription cancels its call. Bodies of requests are held in memory, those of answers
 * are read as they come, on the connection's event loop, unless {@link #streaming} says
 * otherwise. <em>Thread-safe</em>.
 */
public final class ScalesClientHttpConnector implements ClientHttpConnector {

	private final HttpCalls calls;

	/**
	 * Creates a connector, and the client unless it is there already.
	 * @param registry the clients of the application
	 * @param client the name of one whose protocol is {@code http}
	 * @throws RuntimeException if it is not configured, or has another protocol
	 */
	public ScalesClientHttpConnector(ScalesClientRegistry registry, String client) {
		this(registry.handle(client, ScalesHttpClient.class));
	}

	/**
	 * Creates a connector.
	 * @param client a client whose protocol is {@code http}
	 * @throws IllegalArgumentException if it has another protocol
	 */
	public ScalesClientHttpConnector(ClientHandle<?> client) {
		this(new HttpCalls(client, true));
	}

	private ScalesClientHttpConnector(HttpCalls calls) {
		this.calls = calls;
	}

	/**
	 * Returns a connector like this whose answers are streams, or are whole. The timeout
	 * of a call covers a whole answer, and of one that is a stream the head.
	 * @param streaming whether the body of an answer is read as it comes
	 * @return the other connector
	 */
	public ScalesClientHttpConnector streaming(boolean streaming) {
		return new ScalesClientHttpConnector(this.calls.streaming(streaming));
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		ReactiveRequest request = new ReactiveRequest(method, uri);
		return requestCallback.apply(request)
			.then(Mono.defer(() -> send(request)))
			.onErrorResume(ScalesException.class, (ex) -> answer(ex, request))
			.<ClientHttpResponse>map(ReactiveResponse::new)
			.doOnDiscard(ScalesHttpResponse.class, (answer) -> answer.giveUp("the subscription was cancelled"));
	}

	private Mono<ScalesHttpResponse> send(ReactiveRequest request) {
		return Mono.fromFuture(() -> this.calls.start(
				this.calls.request(request.getMethod(), request.getURI(), request.getHeaders(), request.body()),
				request.getAttributes()))
			.map(HttpCalls::response);
	}

	private static Mono<ScalesHttpResponse> answer(ScalesException exception, ReactiveRequest request) {
		ScalesHttpResponse answer = HttpCalls.answer(exception, request.getAttributes());
		return (answer != null) ? Mono.just(answer) : Mono.error(exception);
	}

}
