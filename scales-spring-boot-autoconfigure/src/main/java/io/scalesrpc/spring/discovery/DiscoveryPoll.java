package io.scalesrpc.spring.discovery;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * When and on which threads a registry is asked. <em>Immutable</em>.
 *
 * @param interval the mean time from one answer to the next question, above 0
 * @param lookups runs questions, which may block
 * @param timer wakes for the next question
 * @param ticker tells the age of answers
 * @param random spreads the questions of many clients
 */
record DiscoveryPoll(Duration interval, Executor lookups, Timer timer, Ticker ticker, RandomGenerator random) {

	/** Of the interval, to either side. */
	private static final double JITTER = 0.1;

	static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

	long nanosToNext() {
		return spread(this.interval.toNanos());
	}

	long nanosAfterFailure() {
		return spread(Math.min(this.interval.toNanos(), AFTER_FAILURE.toNanos()));
	}

	Timer.Timeout in(long nanos, Runnable task) {
		return this.timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	private long spread(long nanos) {
		return (long) (nanos * (1 + JITTER * (2 * this.random.nextDouble() - 1)));
	}

}
