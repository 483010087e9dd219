package io.scalesrpc.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.testing.FakeTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlinesTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final long NOW_NANOS = DeadlineContext.epochNanos(NOW);

	private static final long MILLI = 1_000_000;

	private final FakeTime time = new FakeTime();

	@Test
	void theTimeTheClientGaveRunsFromArrivalWhateverItsClockSays() {
		for (Duration ahead : new Duration[] { Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1) }) {
			long sent = NOW_NANOS + ahead.toNanos();
			assertThat(read(DeadlinePolicy.ENFORCE, new DeadlineContext(sent, sent + 200 * MILLI)))
				.isEqualTo(new Deadline(this.time.nanos(), 200 * MILLI));
		}
	}

	@Test
	void byTheClockTheTimeOnTheWayCountsToo() {
		DeadlineContext sent = new DeadlineContext(NOW_NANOS - 5 * MILLI, NOW_NANOS + 195 * MILLI);
		assertThat(read(DeadlinePolicy.ENFORCE_BY_CLOCK, sent)).isEqualTo(new Deadline(this.time.nanos(), 195 * MILLI));
		DeadlineContext ofAClockAhead = new DeadlineContext(NOW_NANOS + 5 * MILLI, NOW_NANOS + 205 * MILLI);
		assertThat(read(DeadlinePolicy.ENFORCE_BY_CLOCK, ofAClockAhead))
			.isEqualTo(new Deadline(this.time.nanos(), 200 * MILLI));
	}

	/** Finagle's client keeps its client's deadline and writes down its own time. */
	@Test
	void aClientWhoseClockDisagreesWithItsOwnClientsSaysNothingByIt() {
		DeadlineContext relayed = new DeadlineContext(NOW_NANOS + 60_000 * MILLI, NOW_NANOS + 100 * MILLI);
		assertThat(read(DeadlinePolicy.ENFORCE, relayed)).isEqualTo(new Deadline(this.time.nanos(), 100 * MILLI));
	}

	@Test
	void aDeadlineThatHasPassedByBothClocksIsToldAndRefusedByTheClockOnly() {
		DeadlineContext passed = new DeadlineContext(NOW_NANOS, NOW_NANOS - 5 * MILLI);
		for (DeadlinePolicy policy : DeadlinePolicy.values()) {
			Deadline deadline = read(policy, passed);
			assertThat(deadline).isEqualTo(new Deadline(this.time.nanos(), -5 * MILLI));
			assertThat(deadlines(policy).refuses(deadline)).isEqualTo(policy == DeadlinePolicy.ENFORCE_BY_CLOCK);
			assertThat(deadlines(policy).hasPassedHere(deadline)).isFalse();
			assertThat(deadlines(policy).enforcedNanos(deadline)).isZero();
		}
	}

	@Test
	void aDeadlineThatPassesHereIsNoticedUnlessTheHandlerDecides() {
		for (DeadlinePolicy policy : DeadlinePolicy.values()) {
			Deadline deadline = read(policy, new DeadlineContext(NOW_NANOS, NOW_NANOS + 10 * MILLI));
			boolean enforced = (policy != DeadlinePolicy.TELL);
			assertThat(deadlines(policy).enforcedNanos(deadline)).isEqualTo(enforced ? 10 * MILLI : 0);
			this.time.advance(Duration.ofMillis(10).minusNanos(1));
			assertThat(deadlines(policy).hasPassedHere(deadline)).isFalse();
			this.time.advance(Duration.ofNanos(1));
			assertThat(deadlines(policy).hasPassedHere(deadline)).isEqualTo(enforced);
			assertThat(deadlines(policy).refuses(deadline)).isFalse();
		}
	}

	@Test
	void neverIsNoDeadline() {
		assertThat(read(DeadlinePolicy.ENFORCE, new DeadlineContext(NOW_NANOS, Long.MAX_VALUE))).isNull();
		assertThat(deadlines(DeadlinePolicy.ENFORCE).read(Context.empty())).isNull();
		assertThat(deadlines(DeadlinePolicy.ENFORCE_BY_CLOCK).refuses(null)).isFalse();
		assertThat(deadlines(DeadlinePolicy.ENFORCE).hasPassedHere(null)).isFalse();
	}

	private @Nullable Deadline read(DeadlinePolicy policy, DeadlineContext sent) {
		return deadlines(policy).read(Context.empty().with(DeadlineContext.KEY, sent.encode()));
	}

	private Deadlines deadlines(DeadlinePolicy policy) {
		return new Deadlines(policy, this.time, InstantSource.fixed(NOW));
	}

}
