package io.scalesrpc.spring.http;

import java.net.URI;
import java.util.StringJoiner;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;

/**
 * A request of a WebClient, whole in memory. <em>Confined to its subscription.</em>
 */
final class ReactiveRequest extends AbstractClientHttpRequest {

	private final HttpMethod method;

	private final URI uri;

	private volatile byte[] body = {};

	ReactiveRequest(HttpMethod method, URI uri) {
		this.method = method;
		this.uri = uri;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	byte[] body() {
		return this.body;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getNativeRequest() {
		return (T) this;
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return DefaultDataBufferFactory.sharedInstance;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> parts) {
		return DataBufferUtils.join(parts).doOnNext(this::take).then(Mono.defer(this::setComplete));
	}

	private void take(DataBuffer whole) {
		byte[] bytes = new byte[whole.readableByteCount()];
		whole.read(bytes);
		DataBufferUtils.release(whole);
		this.body = bytes;
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
		return writeWith(Flux.from(parts).concatMap((part) -> part));
	}

	@Override
	public Mono<Void> setComplete() {
		return doCommit();
	}

	@Override
	protected void applyHeaders() {
		// they are read when the request is sent
	}

	@Override
	protected void applyCookies() {
		StringJoiner cookies = new StringJoiner("; ");
		getCookies().values()
			.forEach((values) -> values.forEach((HttpCookie cookie) -> cookies.add(cookie.toString())));
		if (cookies.length() > 0) {
			getHeaders().add(HttpHeaders.COOKIE, cookies.toString());
		}
	}

}
