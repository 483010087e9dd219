package io.scalesrpc.http;

import java.util.Set;

/**
 * A request that is to be sent: to which member is up to the client. Nothing is checked
 * before it is sent; then a request that is not fit for the wire fails as a bug, and not
 * a byte of it is sent. <em>Immutable</em>; the body is not copied.
 */
public final class ScalesHttpRequest {

	private static final byte[] NO_BODY = {};

	/** Methods of which a second request has the effect of one (RFC 9110, 9.2.2). */
	private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

	private final String method;

	private final String path;

	private final HttpFields headers;

	private final byte[] body;

	private final boolean streamed;

	private ScalesHttpRequest(String method, String path, HttpFields headers, byte[] body, boolean streamed) {
		this.method = method;
		this.path = path;
		this.headers = headers;
		this.body = body;
		this.streamed = streamed;
	}

	/**
	 * Begins a request without headers and body.
	 * @param method for example {@code GET}; any but {@code CONNECT}
	 * @param path from the first slash on, with the query, percent-encoded
	 * @return the request
	 */
	public static ScalesHttpRequest of(String method, String path) {
		return new ScalesHttpRequest(method, path, HttpFields.empty(), NO_BODY, false);
	}

	/**
	 * Returns this request with one header more. {@code Content-Length},
	 * {@code Transfer-Encoding}, {@code Connection} and the like are the connection's own
	 * and refused when the request is sent.
	 * @param name its name
	 * @param value its value, of characters up to U+00FF but no control characters
	 * @return the new request
	 */
	public ScalesHttpRequest header(String name, String value) {
		return headers(this.headers.with(name, value));
	}

	/**
	 * Returns this request with other headers.
	 * @param newHeaders all headers
	 * @return the new request
	 */
	public ScalesHttpRequest headers(HttpFields newHeaders) {
		return new ScalesHttpRequest(this.method, this.path, newHeaders, this.body, this.streamed);
	}

	/**
	 * Returns this request with a body.
	 * @param newBody the bytes, not to be changed until the call has ended
	 * @return the new request
	 */
	public ScalesHttpRequest body(byte[] newBody) {
		return new ScalesHttpRequest(this.method, this.path, this.headers, newBody, this.streamed);
	}

	/**
	 * Returns this request with its answer as a stream: the call ends when the head of
	 * the answer has come, and {@link ScalesHttpResponse#stream()} is read part by part.
	 * An answer whose status is a failure is whole nevertheless.
	 * @return the new request
	 */
	public ScalesHttpRequest streamed() {
		return new ScalesHttpRequest(this.method, this.path, this.headers, this.body, true);
	}

	/**
	 * The method.
	 * @return for example {@code GET}
	 */
	public String method() {
		return this.method;
	}

	/**
	 * What is asked for.
	 * @return path and query
	 */
	public String path() {
		return this.path;
	}

	/**
	 * The headers.
	 * @return those of the caller; more may be sent
	 */
	public HttpFields headers() {
		return this.headers;
	}

	/**
	 * The body.
	 * @return the array itself, not to be changed; empty if there is none
	 */
	public byte[] body() {
		return this.body;
	}

	/**
	 * Whether the answer is to be a stream.
	 * @return {@code true} after {@link #streamed()}
	 */
	public boolean isStreamed() {
		return this.streamed;
	}

	/**
	 * Whether, by its method, a second request has the effect of one.
	 * @return {@code true} for GET, HEAD, PUT, DELETE, OPTIONS and TRACE
	 */
	public boolean isIdempotent() {
		return IDEMPOTENT.contains(this.method);
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
