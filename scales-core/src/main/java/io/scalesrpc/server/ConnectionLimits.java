package io.scalesrpc.server;

import java.time.Duration;

/**
 * How many connections a server has, how long they last, and how much one may take of
 * what all share. A duration of zero is no limit. <em>Immutable</em>.
 *
 * @param maxConnections connections at a time, at least 1; one more is closed at once
 * @param handshakeTimeout from the acceptance of a connection to the end of its
 * handshake, TLS included
 * @param idleTimeout how long a client may send nothing, not even a ping, while none of
 * its calls runs; then its connection is drained. One that does not read its replies
 * either is closed
 * @param maxAge how old a connection gets, give or take 10 percent, before it is drained;
 * clients that cannot be told, because they did not negotiate, keep theirs
 * @param maxCalls calls of one connection that wait or run; 0 for three times as many as
 * are free at the moment, so that one connection has 192 of 256, two have 109 each, and
 * there is always room for the next
 */
public record ConnectionLimits(int maxConnections, Duration handshakeTimeout, Duration idleTimeout, Duration maxAge,
		int maxCalls) {

	private static final Duration LONGEST = Duration.ofDays(365);

	/**
	 * 10 000 connections, 10 s for the handshake, idle for 10 minutes, an hour old, and a
	 * share of the calls.
	 */
	public static final ConnectionLimits DEFAULT = new ConnectionLimits(10_000, Duration.ofSeconds(10),
			Duration.ofMinutes(10), Duration.ofHours(1), 0);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ConnectionLimits {
		require(maxConnections >= 1, "maxConnections", maxConnections, ">= 1");
		require(isLimit(handshakeTimeout), "handshakeTimeout", handshakeTimeout, "0, or 1 ms to 365 days");
		require(isLimit(idleTimeout), "idleTimeout", idleTimeout, "0, or 1 ms to 365 days");
		require(isLimit(maxAge), "maxAge", maxAge, "0, or 1 ms to 365 days");
		require(maxCalls >= 0, "maxCalls", maxCalls, ">= 0");
	}

	private static boolean isLimit(Duration duration) {
		return duration.isZero() || (duration.toMillis() > 0 && duration.compareTo(LONGEST) <= 0);
	}

	private static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

	/**
	 * The same with another number of connections.
	 * @param connections at least 1
	 * @return new limits
	 */
	public ConnectionLimits withMaxConnections(int connections) {
		return new ConnectionLimits(connections, this.handshakeTimeout, this.idleTimeout, this.maxAge, this.maxCalls);
	}

	/**
	 * The same with another limit of the handshake.
	 * @param timeout zero for none
	 * @return new limits
	 */
	public ConnectionLimits withHandshakeTimeout(Duration timeout) {
		return new ConnectionLimits(this.maxConnections, timeout, this.idleTimeout, this.maxAge, this.maxCalls);
	}

	/**
	 * The same with another limit of silence.
	 * @param timeout zero for none
	 * @return new limits
	 */
	public ConnectionLimits withIdleTimeout(Duration timeout) {
		return new ConnectionLimits(this.maxConnections, this.handshakeTimeout, timeout, this.maxAge, this.maxCalls);
	}

	/**
	 * The same with another age.
	 * @param age zero for none
	 * @return new limits
	 */
	public ConnectionLimits withMaxAge(Duration age) {
		return new ConnectionLimits(this.maxConnections, this.handshakeTimeout, this.idleTimeout, age, this.maxCalls);
	}

	/**
	 * The same with another number of calls for each connection.
	 * @param calls 0 for a share of what is free
	 * @return new limits
	 */
	public ConnectionLimits withMaxCalls(int calls) {
		return new ConnectionLimits(this.maxConnections, this.handshakeTimeout, this.idleTimeout, this.maxAge, calls);
	}

}
