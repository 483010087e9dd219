package io.scalesrpc.balancer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.scalesrpc.log.ClientLog;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Tells the log when calls find every member down, and when one answers again. Begins on
 * the balancer's serial writer, which must not wait for a log: the next caller tells it.
 * <em>Thread-safe</em>; while there is none an answer costs a volatile read.
 */
final class Outage {

	private final ClientLog log;

	private final Ticker ticker;

	private final AtomicBoolean on = new AtomicBoolean();

	/** The line that is still to be written. */
	private final AtomicReference<@Nullable String> untold = new AtomicReference<>();

	/** Whether it was written: otherwise its end is no news either. */
	private volatile boolean told;

	private volatile long since;

	Outage(String client, Ticker ticker) {
		this.log = new ClientLog(client, ticker);
		this.ticker = ticker;
	}

	/** A call has found every member down. */
	void begins(int members, Supplier<String> problem) {
		if (!this.on.get()) {
			this.since = this.ticker.nanos();
			this.told = false;
			this.untold.set("none of " + members + " members can be reached, calls wait: " + problem.get());
			this.on.set(true);
		}
	}

	/** Writes what is new, on the thread of a caller. */
	void tell() {
		String line = this.untold.get();
		if (line != null && this.untold.compareAndSet(line, null)) {
			this.told = this.log.tellSeldom(Level.WARN, null, line);
		}
	}

	/** A member has answered a call. */
	void over() {
		if (this.on.get() && this.on.compareAndSet(true, false)) {
			this.untold.set(null);
			if (this.told) {
				long seconds = Duration.ofNanos(this.ticker.nanos() - this.since).toSeconds();
				this.log.tell(Level.INFO, "members answer again, after " + seconds + " s");
			}
		}
	}

}
