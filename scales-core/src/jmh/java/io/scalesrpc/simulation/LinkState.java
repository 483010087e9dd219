package io.scalesrpc.simulation;

import io.scalesrpc.call.SinkState;

/**
 * Where a {@link Link} is. <em>Immutable</em>.
 */
enum LinkState {

	/** Nobody asked for it yet. */
	IDLE(SinkState.IDLE),

	/** Being opened for the first time; calls wait. */
	OPENING(SinkState.IDLE),

	/** Open. */
	OPEN(SinkState.OPEN),

	/** Lost or refused; it will be tried again. */
	DOWN(SinkState.CLOSED),

	/** Closed for good. */
	CLOSED(SinkState.CLOSED);

	private final SinkState seen;

	LinkState(SinkState seen) {
		this.seen = seen;
	}

	/** What a balancer sees. */
	SinkState seen() {
		return this.seen;
	}

}
