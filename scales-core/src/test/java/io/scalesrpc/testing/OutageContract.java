package io.scalesrpc.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.metrics.MeterNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon members are in service again after they were away, stood still, or ended their
 * connections, under load. Times are those of this machine's clock, so bounds are wide;
 * what was seen is printed. {@code -Dscales.test.away=3,10,20,40,120} takes longer
 * absences. <em>Confined to the thread that runs the tests.</em>
 *
 * @param <T> the interface of the client
 */
public abstract class OutageContract<T> extends ConnectionContract<T> {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 2_000);

	private static final int[] AWAY_SECONDS = Arrays.stream(System.getProperty("scales.test.away", "3").split(","))
		.mapToInt(Integer::parseInt)
		.toArray();

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private static final long GAP_NANOS = Duration.ofMillis(10).toNanos();

	private final List<ScriptedServer> fleet = new ArrayList<>();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@AfterEach
	void closeFleet() {
		for (ScriptedServer member : this.fleet) {
			member.stand(false);
			member.close();
		}
	}

	private void start(int members) throws IOException {
		for (int i = 0; i < members; i++) {
			this.fleet.add(new ScriptedServer(language()));
		}
	}

	private ClientHandle<T> clientOfAll() {
		String uri = this.fleet.stream()
			.map((member) -> "127.0.0.1:" + member.port())
			.collect(Collectors.joining(",", "tcp://", ""));
		return builder(uri).timeout(TIMEOUT).closeGrace(Duration.ZERO).meterRegistry(this.meters).build();
	}

	@Test
	@Tag("soak")
	void aServerThatEndsEveryConnectionAfterTenAnswersCostsNoCallButThoseInFlight() throws Exception {
		ScriptedServer server = (ScriptedServer) server();
		server.endAfter(10);
		Map<FailureKind, AtomicInteger> failures = new ConcurrentHashMap<>();
		Semaphore permits = new Semaphore(16);
		T proxy = client(LONG).proxy();
		for (int i = 0; i < CALLS; i++) {
			permits.acquire();
			callAsync(proxy, "call " + i).whenComplete((answer, ex) -> {
				if (ex instanceof ScalesException failed) {
					failures.computeIfAbsent(failed.kind(), (kind) -> new AtomicInteger()).incrementAndGet();
				}
				permits.release();
			});
		}
		assertThat(permits.tryAcquire(16, LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		print(CALLS + " calls, " + server.accepted() + " connections, failed: " + failures);
		// What is lost was in flight: with whoever shared the connection, or behind the
		// end.
		assertThat(failures.keySet()).isSubsetOf(FailureKind.CONNECTION_LOST);
		int most = isShared() ? 16 : 1;
		failures.values().forEach((lost) -> assertThat(lost.get()).isLessThan(most * server.accepted()));
	}

	@Test
	@Tag("soak")
	void whenAllMembersAreBackTheFirstAnswerComesSoonAndAllAreUsed() throws Exception {
		for (int seconds : AWAY_SECONDS) {
			away(Duration.ofSeconds(seconds));
		}
	}

	private void away(Duration time) throws Exception {
		start(5);
		try (ClientHandle<T> client = clientOfAll()) {
			load(client.proxy(), Duration.ofSeconds(1), () -> false);
			List<Integer> ports = this.fleet.stream().map(ScriptedServer::port).toList();
			closeFleet();
			this.fleet.clear();
			double before = failedConnects();
			load(client.proxy(), time, () -> false);
			if (Boolean.getBoolean("scales.test.show")) {
				client.view().members().forEach((member) -> print(member.toString()));
			}
			double connects = (failedConnects() - before) / 5;
			for (int port : ports) {
				this.fleet.add(new ScriptedServer(language(), port));
			}
			long back = System.nanoTime();
			load(client.proxy(), Duration.ofSeconds(3), () -> this.fleet.stream().anyMatch((m) -> m.requests() > 0));
			Duration first = Duration.ofNanos(System.nanoTime() - back);
			load(client.proxy(), Duration.ofSeconds(5), () -> this.fleet.stream().allMatch((m) -> m.requests() > 0));
			Duration all = Duration.ofNanos(System.nanoTime() - back);
			print("away " + time.toSeconds() + " s: first after " + first.toMillis() + " ms, all after "
					+ all.toMillis() + " ms, connects a member " + connects);
			// Real time, as below; 0.2 and 0.5 s where nobody else is at work.
			assertThat(first).isLessThan(Duration.ofSeconds(3));
			assertThat(all).isLessThan(Duration.ofSeconds(5));
			// The first retry is soon; a pool may try for several calls at once, first.
			assertThat(connects).isLessThanOrEqualTo(2.0 * time.toSeconds() + 12);
		}
		closeFleet();
		this.fleet.clear();
	}

	private double failedConnects() {
		Counter failed = this.meters.find(MeterNames.CONNECTIONS).tag("event", "failed").counter();
		return (failed != null) ? failed.count() : 0;
	}

	@Test
	@Tag("soak")
	void aMemberThatStoodStillForTwoSecondsHasItsShareBackSoon() throws Exception {
		start(3);
		try (ClientHandle<T> client = clientOfAll()) {
			load(client.proxy(), Duration.ofSeconds(2), () -> false);
			ScriptedServer member = this.fleet.get(1);
			member.stand(true);
			load(client.proxy(), Duration.ofSeconds(2), () -> false);
			member.stand(false);
			long moving = System.nanoTime();
			Duration took = Duration.ofSeconds(20);
			while (System.nanoTime() - moving < took.toNanos()) {
				int own = member.requests();
				int all = requests();
				load(client.proxy(), Duration.ofMillis(500), () -> false);
				if (4 * (member.requests() - own) >= requests() - all) {
					took = Duration.ofNanos(System.nanoTime() - moving);
				}
			}
			print("stood still 2 s: share back after " + took.toMillis() + " ms");
			// Real time, on whatever machine; 1 to 3 s where nobody else is at work.
			assertThat(took).isLessThan(Duration.ofSeconds(10));
		}
	}

	private int requests() {
		return this.fleet.stream().mapToInt(ScriptedServer::requests).sum();
	}

	/** A hundred calls a second. */
	private void load(T proxy, Duration time, BooleanSupplier enough) {
		long start = System.nanoTime();
		for (int i = 0; System.nanoTime() - start < time.toNanos() && !enough.getAsBoolean(); i++) {
			CompletableFuture<?> call = callAsync(proxy, "call " + i);
			call.exceptionally((ex) -> null);
			long next = start + (i + 1) * GAP_NANOS;
			while (System.nanoTime() - next < 0) {
				LockSupport.parkNanos(next - System.nanoTime());
			}
		}
	}

	private void print(String seen) {
		System.out.println(getClass().getSimpleName() + ": " + seen);
	}

}
