package io.scalesrpc.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of a server, whole. <em>Immutable</em>; the body is not copied.
 */
public final class ScalesHttpResponse {

	private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:-]+)\"?", Pattern.CASE_INSENSITIVE);

	private final int status;

	private final String reason;

	private final HttpFields headers;

	private final byte[] body;

	/**
	 * Creates an answer.
	 * @param status for example 200
	 * @param reason the words beside it; may be empty
	 * @param headers the headers
	 * @param body the bytes
	 */
	public ScalesHttpResponse(int status, String reason, HttpFields headers, byte[] body) {
		this.status = status;
		this.reason = reason;
		this.headers = headers;
		this.body = body;
	}

	/**
	 * How it went.
	 * @return 200 to 999
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The words beside the status.
	 * @return what the server wrote, possibly nothing
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * The headers.
	 * @return the fields
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
	 * The body as text.
	 * @return the text, in the charset of its content type or else UTF-8
	 */
	public String text() {
		return new String(this.body, charset());
	}

	private Charset charset() {
		String type = this.headers.first("content-type");
		Matcher charset = CHARSET.matcher((type != null) ? type : "");
		try {
			return charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
		}
		catch (IllegalArgumentException ex) {
			return StandardCharsets.UTF_8;
		}
	}

	@Override
	public String toString() {
		return this.status + " " + this.reason;
	}

}
