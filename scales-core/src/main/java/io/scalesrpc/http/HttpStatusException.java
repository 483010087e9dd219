package io.scalesrpc.http;

import java.io.Serial;
import java.time.Duration;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a call that failed because of the status of its answer; has the answer.
 * <em>Immutable</em> as far as exceptions are.
 */
public final class HttpStatusException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	/** A Finagle server refused the request before it worked on it (HttpNackFilter). */
	private static final String NACK = "finagle-http-nack";

	/** A Finagle server refused the request and does not want it again. */
	private static final String FINAL_NACK = "finagle-http-nonretryable-nack";

	private final transient @Nullable ScalesHttpResponse response;

	/**
	 * Creates an exception.
	 * @param response the answer
	 */
	public HttpStatusException(ScalesHttpResponse response) {
		super(PeerText.printable(response.toString()), null, false, false);
		this.response = response;
	}

	/**
	 * The failure that an answer is by its status. One that says when to come back is
	 * heeded; one of too many requests that does not say asks not to be sent the same.
	 * @param response the answer
	 * @return what the call ends with; its cause has the answer
	 */
	public static Failure failure(ScalesHttpResponse response) {
		String reason = "answer " + response.status();
		HttpStatusException cause = new HttpStatusException(response);
		Duration wait = RetryAfter.of(response.headers());
		if (response.headers().first(NACK) != null) {
			return new Failure(FailureKind.NOT_SENT, reason + ", refused before any work", cause, false, true, wait);
		}
		boolean unknown = wait == null
				&& (response.status() == 429 || response.headers().first(RetryAfter.NAME) != null);
		boolean notAgain = unknown || response.headers().first(FINAL_NACK) != null;
		return new Failure(FailureKind.REMOTE, reason, cause, notAgain, false, wait);
	}

	/**
	 * The answer.
	 * @return the whole answer; {@code null} only after the exception was serialised
	 */
	public @Nullable ScalesHttpResponse response() {
		return this.response;
	}

}
