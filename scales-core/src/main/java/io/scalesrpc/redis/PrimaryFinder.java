package io.scalesrpc.redis;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Ticker;

/**
 * Asks servers what they are, one round at a time and not too often: rounds that find no
 * primary have growing pauses between them. <em>Confined to the serial executor of its
 * destination</em>.
 */
final class PrimaryFinder {

	/** Servers that say READONLY again and again are not asked again and again. */
	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final RoleProbe probe;

	private final Executor serial;

	private final Backoff backoff;

	private final Ticker ticker;

	private boolean running;

	private int failures;

	private boolean begun;

	private long pauseEndNanos;

	PrimaryFinder(RoleProbe probe, Executor serial, Backoff backoff, Ticker ticker) {
		this.probe = probe;
		this.serial = serial;
		this.backoff = backoff;
		this.ticker = ticker;
	}

	boolean isRunning() {
		return this.running;
	}

	/** Whether anybody was asked ever. */
	boolean hasBegun() {
		return this.begun;
	}

	/** Whether the last round is so fresh that another one would tell nothing new. */
	boolean isPausing() {
		return this.begun && this.pauseEndNanos - this.ticker.nanos() > 0;
	}

	/** Other members are another matter. */
	void endPause() {
		this.pauseEndNanos = this.ticker.nanos();
	}

	/** Begins a round, unless one is running. */
	void find(List<Member> members, Consumer<Standings> found) {
		if (this.running) {
			return;
		}
		this.begun = true;
		this.running = true;
		this.probe.ask(members, this.serial, (standings) -> {
			this.running = false;
			this.failures = (standings.primary() != null) ? 0 : this.failures + 1;
			long pause = (this.failures == 0) ? PAUSE_NANOS : this.backoff.nanosAfter(this.failures);
			this.pauseEndNanos = this.ticker.nanos() + pause;
			found.accept(standings);
		});
	}

}
