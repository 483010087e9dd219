package io.scalesrpc.server;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a server has done so far and is doing now. Counts only grow; the others say how
 * many there are at this moment. <em>Thread-safe</em>.
 */
public final class ServerStats {

	final LongAdder requests = new LongAdder();

	final LongAdder nacks = new LongAdder();

	final LongAdder failures = new LongAdder();

	final LongAdder expired = new LongAdder();

	final LongAdder discards = new LongAdder();

	final LongAdder protocolErrors = new LongAdder();

	final LongAdder active = new LongAdder();

	final LongAdder connections = new LongAdder();

	final LongAdder stalled = new LongAdder();

	final LongAdder refusedConnections = new LongAdder();

	ServerStats() {
	}

	/**
	 * Requests received whole, those that were nacked included.
	 * @return a count
	 */
	public long requests() {
		return this.requests.sum();
	}

	/**
	 * Requests answered with a nack.
	 * @return a count
	 */
	public long nacks() {
		return this.nacks.sum();
	}

	/**
	 * Requests answered with status ERROR; an exception of a handler is a good answer of
	 * the server and does not count.
	 * @return a count
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * Requests that were refused, or whose handler was interrupted, because their
	 * deadline had passed; they count as failures, too.
	 * @return a count
	 */
	public long expired() {
		return this.expired.sum();
	}

	/**
	 * Tdiscarded received, those for unknown tags included.
	 * @return a count
	 */
	public long discards() {
		return this.discards.sum();
	}

	/**
	 * Connections closed because their bytes were not mux.
	 * @return a count
	 */
	public long protocolErrors() {
		return this.protocolErrors.sum();
	}

	/**
	 * Calls waiting for a thread or running, those that were cancelled and whose handler
	 * goes on included.
	 * @return zero or more
	 */
	public long active() {
		return this.active.sum();
	}

	/**
	 * Open connections.
	 * @return zero or more
	 */
	public long connections() {
		return this.connections.sum();
	}

	/**
	 * Connections from which nothing is read because their client does not read the
	 * replies.
	 * @return zero or more
	 */
	public long stalled() {
		return this.stalled.sum();
	}

	/**
	 * Connections closed at once because there were too many.
	 * @return a count
	 */
	public long refusedConnections() {
		return this.refusedConnections.sum();
	}

	@Override
	public String toString() {
		return "requests=" + requests() + " nacks=" + nacks() + " failures=" + failures() + " expired=" + expired()
				+ " discards=" + discards() + " protocolErrors=" + protocolErrors() + " active=" + active()
				+ " connections=" + connections() + " stalled=" + stalled() + " refusedConnections="
				+ refusedConnections();
	}

}
