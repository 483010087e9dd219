package io.scalesrpc.server;

import org.jspecify.annotations.Nullable;

/**
 * Says that a call was not processed, from a {@link ServerInterceptor}.
 * <em>Immutable</em>.
 */
public final class RejectedCallException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Whether the client may send the call again. */
	private final boolean retryable;

	private RejectedCallException(boolean retryable, @Nullable String message) {
		super(message, null, false, false);
		this.retryable = retryable;
	}

	/**
	 * Rejects a call that may be sent again, here or elsewhere: a nack, flagged as
	 * restartable and rejected. A nack has no text.
	 * @return the exception
	 */
	public static RejectedCallException retryable() {
		return new RejectedCallException(true, null);
	}

	/**
	 * Rejects a call that should not be sent again: status ERROR, flagged as rejected and
	 * not retryable.
	 * @param message the text for the client
	 * @return the exception
	 */
	public static RejectedCallException nonRetryable(String message) {
		return new RejectedCallException(false, message);
	}

	boolean isRetryable() {
		return this.retryable;
	}

}
