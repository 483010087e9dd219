package io.scalesrpc.spring.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.scalesrpc.http.ScalesHttpResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer for a blocking client of Spring. Nothing needs to be closed: the connection
 * is long free. <em>Confined to the thread that reads it.</em>
 */
final class BufferedResponse implements ClientHttpResponse {

	private final ScalesHttpResponse response;

	private final InputStream body;

	private final HttpHeaders headers;

	BufferedResponse(ScalesHttpResponse response) {
		this.response = response;
		this.body = new ByteArrayInputStream(response.body());
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
		return this.body;
	}

	@Override
	public void close() {
		// holds nothing
	}

}
