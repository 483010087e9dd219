package io.scalesrpc.spring.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request of a blocking client of Spring, whole in memory. <em>Confined to the thread
 * that makes it.</em>
 */
final class BufferedRequest extends AbstractClientHttpRequest {

	private final HttpCalls calls;

	private final URI uri;

	private final HttpMethod method;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

	BufferedRequest(HttpCalls calls, URI uri, HttpMethod method) {
		this.calls = calls;
		this.uri = uri;
		this.method = method;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	protected OutputStream getBodyInternal(HttpHeaders headers) {
		return this.body;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		return new BlockingResponse(this.calls
			.send(this.calls.request(this.method, this.uri, headers, this.body.toByteArray()), getAttributes()));
	}

}
