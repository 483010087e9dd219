package io.scalesrpc.call;

/**
 * How ready a sink is to take a call. The order is from best to worst, so that the state
 * of a group is its minimum.
 */
public enum SinkState {

	/** Ready. */
	OPEN,

	/** Not opened yet; the first call opens it. */
	IDLE,

	/**
	 * Alive, but others should be asked first: draining, being replaced, lease expired,
	 * out by its breaker.
	 */
	BUSY,

	/** Down, or closed for good. */
	CLOSED;

	/**
	 * Whether a call sent there has a chance.
	 * @return {@code true} for {@link #OPEN} and {@link #IDLE}
	 */
	public boolean isAvailable() {
		return this == OPEN || this == IDLE;
	}

}
