package io.scalesrpc.serial;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.TransportLimits;

/**
 * What all serial connections of one client share. <em>Immutable</em>.
 *
 * @param codec writes and reads messages
 * @param pipelined whether a request may be sent before the one before it is answered
 * @param limits how much a connection may hold
 * @param metrics counts what happens
 * @param timer wakes time limits
 * @param ticker tells the time
 */
public record SerialContext(SerialCodec codec, boolean pipelined, TransportLimits limits, ClientMetrics metrics,
		Timer timer, Ticker ticker) {

	/** The same with another codec. */
	SerialContext with(SerialCodec other) {
		return new SerialContext(other, this.pipelined, this.limits, this.metrics, this.timer, this.ticker);
	}

	/** How many calls a connection takes at a time. */
	int maxCalls() {
		return (this.pipelined) ? this.limits.maxPendingCalls() : 1;
	}

}
