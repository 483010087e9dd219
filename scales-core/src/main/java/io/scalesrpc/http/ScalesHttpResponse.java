package io.scalesrpc.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.call.StreamingReply;
import io.scalesrpc.http.body.StreamedBody;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a server: whole, or, where the request asked for it, with a body that is
 * still to be read and must be read or closed. <em>Immutable</em> but for such a body,
 * which is <em>thread-safe</em>; a whole one is not copied.
 */
public final class ScalesHttpResponse implements StreamingReply {

	private static final byte[] NO_BYTES = {};

	private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w.:-]+)\"?", Pattern.CASE_INSENSITIVE);

	private final int status;

	private final String reason;

	private final HttpFields headers;

	private final byte[] body;

	private final @Nullable StreamedBody stream;

	private volatile HttpFields trailers;

	/**
	 * Creates a whole answer.
	 * @param status for example 200
	 * @param reason the words beside it; may be empty
	 * @param headers the headers
	 * @param body the bytes
	 */
	public ScalesHttpResponse(int status, String reason, HttpFields headers, byte[] body) {
		this(status, reason, headers, body, HttpFields.empty());
	}

	/**
	 * A whole answer with the fields that came after its body.
	 * @param status for example 200
	 * @param reason the words beside it; may be empty
	 * @param headers the headers
	 * @param body the bytes
	 * @param trailers the fields after the body
	 */
	public ScalesHttpResponse(int status, String reason, HttpFields headers, byte[] body, HttpFields trailers) {
		this(status, reason, headers, body, trailers, null);
	}

	private ScalesHttpResponse(int status, String reason, HttpFields headers, byte[] body, HttpFields trailers,
			@Nullable StreamedBody stream) {
		this.status = status;
		this.reason = reason;
		this.headers = headers;
		this.body = body;
		this.trailers = trailers;
		this.stream = stream;
	}

	/**
	 * This answer with a body that is still coming. For the connection only.
	 * @param body the body, to be read or closed
	 * @param <T> its type
	 * @return the same answer with it
	 */
	public <T extends StreamedBody & StreamingReply> ScalesHttpResponse streaming(T body) {
		return new ScalesHttpResponse(this.status, this.reason, this.headers, NO_BYTES, this.trailers, body);
	}

	/**
	 * Notes what came after a body that was read as it came. For the connection only.
	 * @param arrived the fields
	 */
	public void trailers(HttpFields arrived) {
		this.trailers = arrived;
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
	 * The fields that the server sent after the body.
	 * @return the fields, as a rule none; of a body that is a stream none before it was
	 * read to its end
	 */
	public HttpFields trailers() {
		return this.trailers;
	}

	/**
	 * The body.
	 * @return the array itself, not to be changed; empty if there is none
	 * @throws IllegalStateException if it is a stream
	 */
	public byte[] body() {
		if (this.stream != null) {
			throw new IllegalStateException("body: a stream, as the request asked for (expected: read by stream())");
		}
		return this.body;
	}

	/**
	 * Whether the body is read part by part.
	 * @return {@code true} if {@link #stream()} has it, {@code false} if {@link #body()}
	 * has
	 */
	public boolean isStreamed() {
		return this.stream != null;
	}

	/**
	 * The body, part by part.
	 * @return the body, to be read or closed
	 * @throws IllegalStateException if it is whole, because the request did not ask for a
	 * stream or because the status is a failure
	 */
	public StreamedBody stream() {
		if (this.stream == null) {
			throw new IllegalStateException("body: whole (expected: an answer that isStreamed())");
		}
		return this.stream;
	}

	@Override
	public boolean isOver() {
		return !(this.stream instanceof StreamingReply coming) || coming.isOver();
	}

	@Override
	public void onOver(Runnable listener) {
		if (this.stream instanceof StreamingReply coming) {
			coming.onOver(listener);
		}
		else {
			listener.run();
		}
	}

	@Override
	public void giveUp(String reason) {
		if (this.stream instanceof StreamingReply coming) {
			coming.giveUp(reason);
		}
	}

	/**
	 * The body as text.
	 * @return the text, in the charset of its content type or else UTF-8
	 * @throws IllegalStateException if it is a stream
	 */
	public String text() {
		return new String(body(), charset());
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
