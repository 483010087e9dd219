package io.scalesrpc.retry;

import java.util.Set;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.FailureKind;

/**
 * When a call that failed is sent again. One that no server has processed is sent again
 * at once, whatever the method; one that a server may have processed only if the method
 * is {@linkplain io.scalesrpc.call.Idempotence idempotent}, and after a wait.
 * <em>Immutable</em>.
 *
 * @param enabled whether any call is
 * @param maxAttempts how often a call is sent in all, 1 to 5; those of hedging count
 * @param on the kinds of failure after which a call of an idempotent method is sent
 * again, among CONNECTION_LOST, TIMEOUT and REMOTE
 * @param backoff how long those wait
 */
public record RetrySettings(boolean enabled, int maxAttempts, Set<FailureKind> on, RetryBackoff backoff) {

	/** All kinds that make sense; NOT_SENT needs no permission. */
	private static final Set<FailureKind> ALL = Set.of(FailureKind.CONNECTION_LOST, FailureKind.TIMEOUT,
			FailureKind.REMOTE);

	/** Up to two attempts more. */
	public static final RetrySettings DEFAULT = new RetrySettings(true, 3, ALL, RetryBackoff.DEFAULT);

	/** Nothing is sent again. */
	public static final RetrySettings OFF = new RetrySettings(false, 1, ALL, RetryBackoff.DEFAULT);

	/** What a stage reads them by from a call. */
	public static final CallOptions.Key<RetrySettings> KEY = new CallOptions.Key<>("retry", DEFAULT);

	/**
	 * Checks the values, and copies the set.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RetrySettings {
		Checks.require(maxAttempts >= 1 && maxAttempts <= 5, "maxAttempts", maxAttempts, "1..5");
		Checks.require(ALL.containsAll(on), "on", on, "any of CONNECTION_LOST, TIMEOUT, REMOTE");
		on = Set.copyOf(on);
	}

	/**
	 * The same with another number of attempts.
	 * @param newMaxAttempts how often a call is sent in all, 1 to 5
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public RetrySettings withMaxAttempts(int newMaxAttempts) {
		return new RetrySettings(this.enabled, newMaxAttempts, this.on, this.backoff);
	}

	/**
	 * The same after other kinds of failure.
	 * @param kinds among CONNECTION_LOST, TIMEOUT and REMOTE
	 * @return the settings
	 * @throws IllegalArgumentException if there is another kind among them
	 */
	public RetrySettings withKinds(FailureKind... kinds) {
		return new RetrySettings(this.enabled, this.maxAttempts, Set.of(kinds), this.backoff);
	}

	/**
	 * The same with other waits.
	 * @param newBackoff how long calls wait
	 * @return the settings
	 */
	public RetrySettings withBackoff(RetryBackoff newBackoff) {
		return new RetrySettings(this.enabled, this.maxAttempts, this.on, newBackoff);
	}

}
