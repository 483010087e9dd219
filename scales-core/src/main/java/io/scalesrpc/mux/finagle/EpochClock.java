package io.scalesrpc.mux.finagle;

import java.time.Clock;
import java.time.Duration;

import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock as deadlines have it, in nanoseconds since the Unix epoch. It is read
 * anew once a second and follows the ticker in between: every request asks for it, and
 * the ticker costs less. <em>Thread-safe</em>.
 */
final class EpochClock {

	private static final long GOOD_NANOS = Duration.ofSeconds(1).toNanos();

	private final Ticker ticker;

	private final Clock clock;

	private volatile @Nullable Reading last;

	EpochClock(Ticker ticker, Clock clock) {
		this.ticker = ticker;
		this.clock = clock;
	}

	/**
	 * The time of the wall clock.
	 * @param nanos the ticker's reading now
	 */
	long at(long nanos) {
		Reading reading = this.last;
		if (reading == null || nanos - reading.nanos > GOOD_NANOS) {
			reading = read();
		}
		return nanos + reading.offset;
	}

	private Reading read() {
		long nanos = this.ticker.nanos();
		Reading reading = new Reading(nanos, DeadlineContext.epochNanos(this.clock.instant()) - nanos);
		this.last = reading;
		return reading;
	}

	/**
	 * What the wall clock said. <em>Immutable</em>.
	 *
	 * @param nanos when, by the ticker
	 * @param offset how far it was ahead of the ticker
	 */
	private record Reading(long nanos, long offset) {
	}

}
