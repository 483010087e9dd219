package io.scalesrpc.transport.reconnect;

import io.scalesrpc.call.SinkState;

/**
 * What a {@link Resurrector} is doing; its class comment shows the transitions.
 * <em>Immutable</em>.
 */
enum ResurrectorState {

	/** Nothing opened yet: the first call opens. */
	IDLE(SinkState.IDLE),

	/** Opening for the first time: calls wait. */
	OPENING(SinkState.IDLE),

	/** There is a connection, whose state is what others see. */
	OPEN(SinkState.OPEN),

	/** The connection ended and the next is being opened: calls wait. */
	REPLACING(SinkState.BUSY),

	/** There is no connection; calls fail at once until the wait is over. */
	DOWN(SinkState.CLOSED),

	/** The wait is over and a connection is being opened; calls still fail at once. */
	RECONNECTING(SinkState.CLOSED),

	/** Closed for good. */
	CLOSED(SinkState.CLOSED);

	private final SinkState seen;

	ResurrectorState(SinkState seen) {
		this.seen = seen;
	}

	/**
	 * What others see while there is no connection to ask.
	 * @return the state of the sink
	 */
	SinkState seen() {
		return this.seen;
	}

	/**
	 * Whether a state may follow this one.
	 * @param next the other state
	 * @return {@code true} if the transition is legal
	 */
	boolean mayBecome(ResurrectorState next) {
		return switch (this) {
			case IDLE -> next == OPENING || next == CLOSED;
			case OPENING, REPLACING, RECONNECTING -> next == OPEN || next == DOWN || next == CLOSED;
			case OPEN -> next == REPLACING || next == DOWN || next == CLOSED;
			case DOWN -> next == RECONNECTING || next == CLOSED;
			case CLOSED -> false;
		};
	}

}
