package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.scalesrpc.log.ClientLog;
import io.scalesrpc.time.Ticker;
import org.slf4j.event.Level;

/**
 * Tells the log when calls find every member down, and when one answers again.
 * <em>Thread-safe</em>; while there is none an answer costs a volatile read.
 */
final class AllMembersDown {

	private final ClientLog log;

	private final Ticker ticker;

	private final AtomicBoolean on = new AtomicBoolean();

	/** Whether it was told: otherwise its end is no news either. */
	private volatile boolean told;

	private volatile long since;

	AllMembersDown(String client, Ticker ticker) {
		this.log = new ClientLog(client, ticker);
		this.ticker = ticker;
	}

	/** A call has found every member down. Told by the balancer's serial writer. */
	void begins(int members, Supplier<String> problem) {
		if (!this.on.get()) {
			this.since = this.ticker.nanos();
			// Asked here: members belong to the writer.
			String why = this.log.isOn(Level.WARN) ? problem.get() : "";
			this.told = this.log.tellSeldom(Level.WARN, null,
					() -> "none of " + members + " members can be reached, calls wait: " + why);
			this.on.set(true);
		}
	}

	/** A member has answered a call. */
	void over() {
		if (this.on.get() && this.on.compareAndSet(true, false) && this.told) {
			long seconds = Duration.ofNanos(this.ticker.nanos() - this.since).toSeconds();
			this.log.tellAside(Level.INFO, null, () -> "members answer again, after " + seconds + " s");
		}
	}

}
