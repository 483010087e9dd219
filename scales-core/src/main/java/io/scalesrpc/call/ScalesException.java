package io.scalesrpc.call;

import java.io.Serial;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A call that has no answer, as the caller sees it: one subclass for what each kind of
 * failure means. An exception that the interface declares is thrown as it is and never
 * wrapped in this. The text names client, method, member, attempts and times.
 * <em>Immutable</em> as far as exceptions are.
 */
public abstract sealed class ScalesException extends RuntimeException permits NotSentException, ConnectionLostException,
		CallTimeoutException, CallCancelledException, RemoteCallException, InternalCallException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** Causes can go round in a circle. */
	private static final int MAX_DEPTH = 16;

	/** What may have happened at the server. */
	private final FailureKind kind;

	/** Why the call failed, in one sentence. */
	private final String reason;

	/** Whether the call may be sent again. */
	private final boolean retryable;

	/** Which call it was. */
	private final CallDetails details;

	ScalesException(Failure failure, CallDetails details, boolean withStackTrace) {
		super(null, failure.cause(), true, withStackTrace);
		this.kind = failure.kind();
		this.reason = failure.reason();
		this.retryable = !failure.nonRetryable();
		this.details = details;
	}

	/**
	 * Makes the exception for a failure.
	 * @param failure what happened
	 * @param details the call it happened to
	 * @param withStackTrace whether the current thread's stack says where the call was
	 * made; an exception made on an event loop is better and cheaper off without
	 * @return an instance of the subclass for the failure's kind
	 */
	public static ScalesException of(Failure failure, CallDetails details, boolean withStackTrace) {
		return switch (failure.kind()) {
			case NOT_SENT -> new NotSentException(failure, details, withStackTrace);
			case CONNECTION_LOST -> new ConnectionLostException(failure, details, withStackTrace);
			case TIMEOUT -> new CallTimeoutException(failure, details, withStackTrace);
			case CANCELLED -> new CallCancelledException(failure, details, withStackTrace);
			case REMOTE, DECLARED -> new RemoteCallException(failure, details, withStackTrace);
			case INTERNAL -> new InternalCallException(failure, details, withStackTrace);
		};
	}

	/**
	 * What the failure means.
	 * @return the kind
	 */
	public FailureKind kind() {
		return this.kind;
	}

	/**
	 * What happened, without client, method and member.
	 * @return the reason, in words
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Whether whoever made the call may make it again, if it is safe to (see
	 * {@link #kind()}).
	 * @return {@code false} if the server asked not to be asked again, or this client or
	 * one further down has retried already as often as it may: once more would multiply
	 * the load
	 */
	public boolean isRetryable() {
		return this.retryable;
	}

	/**
	 * Finds the call that must not be made again, behind an exception that may have been
	 * wrapped on its way.
	 * @param thrown an exception
	 * @return the failed call that is not {@linkplain #isRetryable() retryable}, or
	 * {@code null} if there is none among the causes
	 */
	public static @Nullable ScalesException nonRetryableCause(Throwable thrown) {
		Throwable cause = thrown;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (cause instanceof ScalesException failed && !failed.retryable) {
				return failed;
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * The client the call was made with.
	 * @return its name
	 */
	public String client() {
		return this.details.client();
	}

	/**
	 * The method that was called.
	 * @return the service and the method, for example {@code Calculator.add}
	 */
	public String method() {
		return this.details.method();
	}

	/**
	 * Whom the call was last sent to.
	 * @return host and port, or {@code null} if nobody was chosen
	 */
	public @Nullable String member() {
		return this.details.member();
	}

	/**
	 * How often the call was sent.
	 * @return zero or more
	 */
	public int attempts() {
		return this.details.attempts();
	}

	/**
	 * How long the call took until it failed.
	 * @return zero or more
	 */
	public Duration elapsed() {
		return this.details.elapsed();
	}

	/**
	 * How long the call was allowed to take in all.
	 * @return the timeout
	 */
	public Duration timeout() {
		return this.details.timeout();
	}

	/** Made when someone asks: most exceptions of a busy client are only counted. */
	@Override
	public String getMessage() {
		return this.details.describe(this.reason);
	}

}
