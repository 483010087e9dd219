package io.scalesrpc.call;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Why a call has no answer. It is a value, not an exception: the exception is made once,
 * at the very top, on the caller's thread and with everything known of the call in its
 * text. <em>Immutable</em>.
 *
 * @param kind what the failure means
 * @param reason what happened, in words fit for a log line; the client, method and member
 * are added by the top
 * @param cause what was thrown, if anything was; for {@link FailureKind#DECLARED} the
 * declared exception itself
 * @param nonRetryable whether nobody should send the call again, whatever the kind: the
 * server asked not to be asked again, or the retries below are used up (Finagle's
 * {@code NonRetryable} flag)
 */
public record Failure(FailureKind kind, String reason, @Nullable Throwable cause,
		boolean nonRetryable) implements Outcome {

	/**
	 * Creates a failure without a cause.
	 * @param kind what the failure means
	 * @param reason what happened
	 * @return the failure
	 */
	public static Failure of(FailureKind kind, String reason) {
		return new Failure(kind, reason, null, false);
	}

	/**
	 * Creates a failure with a cause.
	 * @param kind what the failure means
	 * @param reason what happened
	 * @param cause what was thrown
	 * @return the failure
	 */
	public static Failure of(FailureKind kind, String reason, @Nullable Throwable cause) {
		return new Failure(kind, reason, cause, false);
	}

	/**
	 * Creates the failure for an exception that the interface declares.
	 * @param exception the decoded exception
	 * @return the failure
	 */
	public static Failure declared(Throwable exception) {
		Objects.requireNonNull(exception, "exception");
		return new Failure(FailureKind.DECLARED, "declared exception", exception, false);
	}

	/**
	 * The same failure, as one that nobody should send the call again for.
	 * @return this, if it was that before
	 */
	public Failure withoutRetry() {
		return this.nonRetryable ? this : new Failure(this.kind, this.reason, this.cause, true);
	}

}
