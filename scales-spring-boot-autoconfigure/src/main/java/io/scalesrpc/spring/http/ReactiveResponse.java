package io.scalesrpc.spring.http;

import java.net.HttpCookie;

import io.scalesrpc.http.ScalesHttpResponse;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * An answer for a WebClient. <em>Thread-safe</em>.
 */
final class ReactiveResponse implements ClientHttpResponse {

	private final ScalesHttpResponse response;

	private final HttpHeaders headers;

	ReactiveResponse(ScalesHttpResponse response) {
		this.response = response;
		this.headers = BlockingResponse.headers(response);
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.response.status());
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public MultiValueMap<String, ResponseCookie> getCookies() {
		MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();
		for (String header : this.response.headers().all(HttpHeaders.SET_COOKIE)) {
			add(header, cookies);
		}
		return CollectionUtils.unmodifiableMultiValueMap(cookies);
	}

	/** One that cannot be read stays among the headers. */
	private static void add(String header, MultiValueMap<String, ResponseCookie> cookies) {
		try {
			for (HttpCookie cookie : HttpCookie.parse(header)) {
				cookies.add(cookie.getName(),
						ResponseCookie.fromClientResponse(cookie.getName(), cookie.getValue())
							.domain(cookie.getDomain())
							.path(cookie.getPath())
							.maxAge(cookie.getMaxAge())
							.secure(cookie.getSecure())
							.httpOnly(cookie.isHttpOnly())
							.build());
			}
		}
		catch (IllegalArgumentException ex) {
			// not a cookie
		}
	}

	@Override
	public Flux<DataBuffer> getBody() {
		if (this.response.isStreamed()) {
			return JdkFlowAdapter.flowPublisherToFlux(this.response.stream())
				.map(DefaultDataBufferFactory.sharedInstance::wrap);
		}
		return Flux.defer(() -> (this.response.body().length == 0) ? Flux.empty()
				: Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.response.body())));
	}

}
