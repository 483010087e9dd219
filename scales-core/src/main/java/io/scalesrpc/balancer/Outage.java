package io.scalesrpc.balancer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.log.ClientLog;
import io.scalesrpc.time.Ticker;
import org.slf4j.event.Level;

/**
 * Tells the log when calls find every member down, and when one answers again.
 * <em>Thread-safe</em>: begins on the balancer's serial writer, ends on any thread; while
 * there is none an answer costs a volatile read.
 */
final class Outage {

	private final ClientLog log;

	private final Ticker ticker;

	private final AtomicBoolean on = new AtomicBoolean();

	private volatile long since;

	Outage(String client, Ticker ticker) {
		this.log = new ClientLog(client, ticker);
		this.ticker = ticker;
	}

	/** A call has found every member down. */
	void begins(int members, String problem) {
		if (!this.on.get()) {
			this.since = this.ticker.nanos();
			this.on.set(this.log.tellSeldom(Level.WARN, null,
					"none of " + members + " members can be reached, calls wait: " + problem));
		}
	}

	/** A member has answered a call. */
	void over() {
		if (this.on.get() && this.on.compareAndSet(true, false)) {
			long seconds = Duration.ofNanos(this.ticker.nanos() - this.since).toSeconds();
			this.log.tell(Level.INFO, "members answer again, after " + seconds + " s");
		}
	}

}
