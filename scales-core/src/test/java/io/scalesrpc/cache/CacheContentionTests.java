package io.scalesrpc.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads that ask for the same few things, some of which give up.
 */
class CacheContentionTests {

	private static final int THREADS = 4;

	private static final int CALLS = 3000;

	private final FakeTime time = new FakeTime();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 4);

	private final FakeSink server = FakeSink
		.doing((call) -> this.threads.execute(() -> call.end(Reply.of(call.arguments()[0]))));

	@AfterEach
	void stop() {
		this.threads.shutdown();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyCallEndsOnceAndWithItsOwnResult(boolean blocks) throws Exception {
		MapCache cache = new MapCache(blocks);
		CacheSettings settings = CacheSettings.of(cache, Duration.ofSeconds(10));
		CacheFilter filter = new CacheFilter("lists",
				new CacheTools(this.time, this.time, Clock.systemUTC(), new Random(1), this.threads),
				new ClientMetrics(new SimpleMeterRegistry(), "lists", "fake"));
		List<Future<List<CapturingObserver>>> callers = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			Random random = new Random(thread);
			callers.add(this.threads.submit(() -> callMany(filter, settings, cache, random)));
		}
		for (Future<List<CapturingObserver>> caller : callers) {
			assertThat(caller.get(60, TimeUnit.SECONDS)).allSatisfy((seen) -> assertThat(seen.times()).isOne());
		}
		assertThat(this.server.calls().size()).isLessThan(THREADS * CALLS / 2);
	}

	private List<CapturingObserver> callMany(CacheFilter filter, CacheSettings settings, MapCache cache,
			Random random) {
		List<CapturingObserver> all = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			String what = "x" + random.nextInt(3);
			if (random.nextInt(20) == 0) {
				cache.entries.clear();
			}
			Call call = new Call(new ListMethod("sort"), new Object[] { List.of(what) },
					Deadline.after(Duration.ofSeconds(10), this.time.nanos()), Context.empty(),
					CallOptions.of(CacheSettings.KEY, settings));
			CapturingObserver observer = CapturingObserver.of(call);
			all.add(observer);
			filter.filter(call, this.server);
			if (random.nextInt(4) == 0) {
				call.end(Failure.of(FailureKind.CANCELLED, "given up"));
			}
			while (!call.isEnded()) {
				Thread.onSpinWait();
			}
			if (call.outcome() instanceof Reply reply) {
				assertThat(reply.value()).isEqualTo(List.of(what));
			}
			else {
				assertThat(call.outcome()).isEqualTo(Failure.of(FailureKind.CANCELLED, "given up"));
			}
		}
		return all;
	}

}
