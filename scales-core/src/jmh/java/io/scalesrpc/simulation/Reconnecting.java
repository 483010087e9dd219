package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.ExponentialBackoff;

/**
 * Tries a connection again with the product's back-off, which begins anew once a
 * connection has lived for a second. <em>Confined to the thread that runs the world.</em>
 */
final class Reconnecting {

	private static final long SETTLED = Duration.ofSeconds(1).toNanos();

	private final VirtualTime time;

	private final Backoff backoff;

	private final Runnable connect;

	private int failures;

	private long openedAt = Long.MAX_VALUE;

	private boolean stopped;

	Reconnecting(VirtualTime time, RandomGenerator random, Runnable connect) {
		this.time = time;
		this.backoff = new ExponentialBackoff(Duration.ofMillis(100), 1.6, Duration.ofSeconds(60), 0.2, random);
		this.connect = connect;
	}

	void succeeded() {
		this.openedAt = this.time.elapsed();
	}

	void failed() {
		boolean settled = this.openedAt != Long.MAX_VALUE && this.time.elapsed() - this.openedAt >= SETTLED;
		this.failures = settled ? 1 : this.failures + 1;
		this.openedAt = Long.MAX_VALUE;
		this.time.after(this.backoff.nanosAfter(this.failures), () -> {
			if (!this.stopped) {
				this.connect.run();
			}
		});
	}

	void stop() {
		this.stopped = true;
	}

}
