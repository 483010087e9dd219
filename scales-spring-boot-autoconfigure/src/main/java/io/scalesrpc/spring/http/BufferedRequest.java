package io.scalesrpc.spring.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request of a blocking client of Spring, whole in memory. <em>Confined to the thread
 * that makes it.</em>
 */
final class BufferedRequest extends AbstractClientHttpRequest {

	private static final byte[] NO_BODY = {};

	private final HttpCalls calls;

	private final URI uri;

	private final HttpMethod method;

	/** Null while nobody has written any. */
	private @Nullable ByteArrayOutputStream body;

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
		ByteArrayOutputStream written = this.body;
		if (written == null) {
			written = new ByteArrayOutputStream();
			this.body = written;
		}
		return written;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
		byte[] written = (this.body != null) ? this.body.toByteArray() : NO_BODY;
		return new BlockingResponse(
				this.calls.send(this.calls.request(this.method, this.uri, headers, written), getAttributes()));
	}

}
