package io.scalesrpc.call;

import java.time.Duration;
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
 * server asked not to be asked again, the retries below are used up, or this side refuses
 * because more load would not help (Finagle's {@code NonRetryable} flag)
 * @param nack whether a server refused the call before it worked on it, by a nack or by
 * an error flagged as such. A {@link FailureKind#NOT_SENT} that is none is a refusal of
 * our own, or of the network: no server had to do anything about it
 * @param retryAfter how long the server asked to wait before the call is sent again, zero
 * or more; {@code null} if it did not say
 */
public record Failure(FailureKind kind, String reason, @Nullable Throwable cause, boolean nonRetryable, boolean nack,
		@Nullable Duration retryAfter) implements Outcome {

	/**
	 * Creates a failure that is no nack.
	 * @param kind what the failure means
	 * @param reason what happened
	 * @param cause what was thrown, if anything was
	 * @param nonRetryable whether the call must not be sent again
	 */
	public Failure(FailureKind kind, String reason, @Nullable Throwable cause, boolean nonRetryable) {
		this(kind, reason, cause, nonRetryable, false);
	}

	/**
	 * Creates a failure whose server said nothing about when to come back.
	 * @param kind what the failure means
	 * @param reason what happened
	 * @param cause what was thrown, if anything was
	 * @param nonRetryable whether the call must not be sent again
	 * @param nack whether a server refused the call before it worked on it
	 */
	public Failure(FailureKind kind, String reason, @Nullable Throwable cause, boolean nonRetryable, boolean nack) {
		this(kind, reason, cause, nonRetryable, nack, null);
	}

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
	 * Creates the failure for a call that a server refused before it worked on it.
	 * @param kind {@link FailureKind#NOT_SENT}, or {@link FailureKind#REMOTE} if the
	 * server does not say that it may be sent again
	 * @param reason what the server said
	 * @param nonRetryable whether the server asked not to be asked again
	 * @return the failure
	 */
	public static Failure nack(FailureKind kind, String reason, boolean nonRetryable) {
		return new Failure(kind, reason, null, nonRetryable, true);
	}

	/**
	 * Creates the failure for a call that this side refuses to send, to spare the servers
	 * or itself: sending it again at once would undo that.
	 * @param reason why
	 * @return a {@link FailureKind#NOT_SENT} that is not sent again
	 */
	public static Failure withheld(String reason) {
		return new Failure(FailureKind.NOT_SENT, reason, null, true, false);
	}

	/**
	 * The same failure, as one that nobody should send the call again for.
	 * @return this, if it was that before
	 */
	public Failure withoutRetry() {
		return this.nonRetryable ? this
				: new Failure(this.kind, this.reason, this.cause, true, this.nack, this.retryAfter);
	}

	/**
	 * The same failure, for which the call may be sent again after a time.
	 * @param wait how long the server asked to wait, zero or more
	 * @return the failure
	 */
	public Failure withRetryAfter(Duration wait) {
		return new Failure(this.kind, this.reason, this.cause, this.nonRetryable, this.nack, wait);
	}

}
