package io.scalesrpc.spring.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.scalesrpc.http.ScalesHttpResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer for a blocking client of Spring. One that is read as it comes is to be
 * closed, as Spring does; of a whole one the connection is long free. <em>Confined to the
 * thread that reads it.</em>
 */
final class BlockingResponse implements ClientHttpResponse {

	private final ScalesHttpResponse response;

	private final HttpHeaders headers;

	private @Nullable InputStream body;

	BlockingResponse(ScalesHttpResponse response) {
		this.response = response;
		this.headers = headers(response);
	}

	static HttpHeaders headers(ScalesHttpResponse response) {
		HttpHeaders headers = new HttpHeaders();
		response.headers().forEach(headers::add);
		return headers;
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.response.status());
	}

	@Override
	public String getStatusText() {
		return this.response.reason();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		if (this.body == null) {
			this.body = this.response.isStreamed() ? this.response.stream().inputStream()
					: new ByteArrayInputStream(this.response.body());
		}
		return this.body;
	}

	@Override
	public void close() {
		if (this.response.isStreamed()) {
			this.response.stream().close();
		}
	}

}
