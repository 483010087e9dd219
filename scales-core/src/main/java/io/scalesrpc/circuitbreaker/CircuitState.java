package io.scalesrpc.circuitbreaker;

import java.util.Locale;

/**
 * What a circuit breaker does with calls, as operators see and set it.
 * <em>Immutable</em>.
 */
public enum CircuitState {

	/** Calls go through and are counted. */
	CLOSED,

	/** Calls are refused until the reset timeout is over. */
	OPEN,

	/** A few calls go through and decide what comes next; others are refused. */
	HALF_OPEN,

	/** Calls are refused until an operator says otherwise. */
	FORCED_OPEN,

	/** Calls go through and are not counted until an operator says otherwise. */
	DISABLED;

	/** As the value of a tag: words joined by underscores, as in Prometheus. */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * As people write it.
	 * @return for example {@code half-open}
	 */
	@Override
	public String toString() {
		return tag().replace('_', '-');
	}

}
