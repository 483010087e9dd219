package io.scalesrpc.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.LeakWatch;
import io.scalesrpc.timeout.DeadlineFilter;

/**
 * The stage with a deadline stage below it, on fake time, and threads that a test runs by
 * hand. <em>Confined to the test's thread.</em>
 */
final class CacheFixture {

	final FakeTime time = new FakeTime();

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final FakeSink server = FakeSink.holding();

	final Queue<Runnable> lookups = new ArrayDeque<>();

	boolean refusing;

	/** What the wall clock differs from the time that passes. */
	Duration shift = Duration.ZERO;

	private final long start = this.time.nanos();

	final CacheFilter filter = new CacheFilter("lists",
			new CacheTools(this.time, this.time, new WallClock(), () -> 0L, this::later),
			new ClientMetrics(this.meters, "lists", "fake"));

	private void later(Runnable task) {
		if (this.refusing) {
			throw new RejectedExecutionException("full");
		}
		this.lookups.add(task);
	}

	void look() {
		for (Runnable task = this.lookups.poll(); task != null; task = this.lookups.poll()) {
			task.run();
		}
	}

	CapturingObserver call(CacheSettings settings, String... argument) {
		return CapturingObserver.of(send(settings, Duration.ofSeconds(10), new ArrayList<>(List.of(argument))));
	}

	Call send(CacheSettings settings, Duration timeout, List<String> argument) {
		return send(CallOptions.of(CacheSettings.KEY, settings), timeout, argument);
	}

	Call send(CallOptions options, Duration timeout, List<String> argument) {
		Call call = new Call(new ListMethod("sort"), new Object[] { argument },
				Deadline.after(timeout, this.time.nanos()), Context.empty(), options);
		LeakWatch.expect(() -> "unfinished call", call::isEnded);
		this.filter.filter(call, new DeadlineFilter(this.time, this.time).over(this.server));
		return call;
	}

	double count(String result) {
		return this.meters.counter("scales.client.cache", "client", "lists", "protocol", "fake", "result", result)
			.count();
	}

	/** The wall clock. <em>Thread-safe</em>. */
	private final class WallClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.parse("2026-11-21T12:00:00Z")
				.plusNanos(CacheFixture.this.time.nanos() - CacheFixture.this.start)
				.plus(CacheFixture.this.shift);
		}

	}

}
