package io.scalesrpc.mux.session;

import java.time.Duration;

import io.scalesrpc.mux.OpportunisticTls;

import static io.scalesrpc.call.Checks.require;

/**
 * How a client speaks mux. <em>Immutable</em>.
 *
 * @param pingInterval from the start of one ping of a connection in use to the next; zero
 * switches pings off
 * @param pingTimeout how long a ping may stay unanswered before the connection is
 * replaced; positive
 * @param maxFragmentBytes the largest piece of a message the server shall send at once,
 * at least 64
 * @param tls whether TLS begins after the negotiation; off too where it was there before
 */
public record MuxSettings(Duration pingInterval, Duration pingTimeout, int maxFragmentBytes, OpportunisticTls tls) {

	/**
	 * Finagle's failure detector, {@code threshold:5.seconds:4.seconds}, and pieces of
	 * 256 KiB, no TLS.
	 */
	public static final MuxSettings DEFAULT = new MuxSettings(Duration.ofSeconds(5), Duration.ofSeconds(4), 256 * 1024,
			OpportunisticTls.OFF);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public MuxSettings {
		require(!pingInterval.isNegative(), "ping-interval", pingInterval, ">= 0");
		require(pingTimeout.toNanos() > 0, "ping-timeout", pingTimeout, "> 0");
		require(maxFragmentBytes >= 64, "max-fragment-bytes", maxFragmentBytes, ">= 64");
	}

}
