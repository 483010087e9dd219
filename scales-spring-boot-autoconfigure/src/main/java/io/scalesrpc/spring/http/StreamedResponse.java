package io.scalesrpc.spring.http;

import java.io.InputStream;

import io.scalesrpc.http.ScalesHttpResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer for a blocking client of Spring, whose body is read as it comes. To be
 * closed, as Spring does. <em>Confined to the thread that reads it.</em>
 */
final class StreamedResponse implements ClientHttpResponse {

	private final ScalesHttpResponse response;

	private final HttpHeaders headers;

	private @Nullable InputStream body;

	private StreamedResponse(ScalesHttpResponse response) {
		this.response = response;
		this.headers = BufferedResponse.headers(response);
	}

	static ClientHttpResponse orWhole(ScalesHttpResponse response) {
		return response.isStreamed() ? new StreamedResponse(response) : new BufferedResponse(response);
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
			this.body = this.response.stream().inputStream();
		}
		return this.body;
	}

	@Override
	public void close() {
		this.response.stream().close();
	}

}
