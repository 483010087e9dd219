package io.scalesrpc.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.management.OperatingSystemMXBean;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.redis.protocol.RedisProtocol;

/**
 * GETs of 100 bytes at 64 at a time on one connection to a real server: plain Lettuce and
 * Scales, with and without the proof of replies, in turns, several rounds of it, so that
 * the machine's mood meets them all. Both use epoll where there is one. Run by
 * {@code src/jmh/redis.sh}. <em>Stateless</em>.
 */
public final class RedisComparison {

	private static final int CONCURRENT = 64;

	private static final OperatingSystemMXBean MACHINE = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private RedisComparison() {
	}

	/** What is called. */
	public interface Values {

		/**
		 * Reads a value.
		 * @param key the key
		 * @return completes with it
		 */
		@Command("GET ?0")
		CompletableFuture<String> get(String key);

	}

	/**
	 * Runs the comparison.
	 * @param args calls a turn; rounds, the first of which only warms up
	 */
	public static void main(String[] args) throws Exception {
		int calls = Integer.parseInt(args[0]);
		List<AutoCloseable> opened = new ArrayList<>();
		try (RedisNode node = RedisNode.bundled()) {
			node.ask("SET", "key", "x".repeat(100));
			Map<String, Supplier<CompletionStage<String>>> subjects = subjects(node, opened);
			Map<String, List<Turn>> turns = new LinkedHashMap<>();
			for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
				for (Map.Entry<String, Supplier<CompletionStage<String>>> subject : subjects.entrySet()) {
					Turn turn = turn(subject.getValue(), calls);
					if (round > 0) {
						turns.computeIfAbsent(subject.getKey(), (name) -> new ArrayList<>()).add(turn);
						System.out.printf("round %d  %-28s %s%n", round, subject.getKey(), turn);
					}
				}
			}
			Turn plain = Turn.median(turns.get("lettuce"));
			turns.forEach((name, all) -> {
				Turn median = Turn.median(all);
				System.out.printf("median   %-28s %s, %.0f %% of plain Lettuce%n", name, median,
						100 * median.perSecond() / plain.perSecond());
			});
		}
		finally {
			for (AutoCloseable each : opened) {
				each.close();
			}
		}
	}

	private static Map<String, Supplier<CompletionStage<String>>> subjects(RedisNode node, List<AutoCloseable> opened) {
		RedisClient client = RedisClient.create(RedisURI.create("redis://" + node.address()));
		StatefulRedisConnection<String, String> connection = client.connect(StringCodec.UTF8);
		opened.add(connection);
		opened.add(client::shutdown);
		Map<String, Supplier<CompletionStage<String>>> subjects = new LinkedHashMap<>();
		subjects.put("lettuce", () -> connection.async().get("key"));
		for (boolean verify : new boolean[] { true, false }) {
			for (Callbacks callbacks : Callbacks.values()) {
				ClientHandle<Values> scales = ScalesClients.builder(Values.class)
					.name("scales")
					.protocol(new RedisProtocol(RedisSettings.DEFAULT.withVerifyReplies(verify)))
					.uri("tcp://" + node.address())
					.callbacks(callbacks)
					.connectTimeout(Duration.ofSeconds(10))
					.build();
				opened.add(scales);
				subjects.put("scales, " + callbacks.name().toLowerCase(Locale.ROOT) + (verify ? ", proof" : ""),
						() -> scales.proxy().get("key"));
			}
		}
		return subjects;
	}

	private static Turn turn(Supplier<CompletionStage<String>> call, int calls) throws InterruptedException {
		Loop loop = new Loop(call, calls);
		long cpu = MACHINE.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < CONCURRENT; i++) {
			loop.next();
		}
		loop.left.await();
		long nanos = System.nanoTime() - start;
		return new Turn(calls * 1e9 / nanos, (MACHINE.getProcessCpuTime() - cpu) / 1e3 / calls, loop.failed.get());
	}

	/** So many calls at a time: each that ends begins the next. */
	private static final class Loop {

		private final Supplier<CompletionStage<String>> call;

		private final AtomicInteger unsent;

		private final CountDownLatch left;

		private final AtomicInteger failed = new AtomicInteger();

		Loop(Supplier<CompletionStage<String>> call, int calls) {
			this.call = call;
			this.unsent = new AtomicInteger(calls);
			this.left = new CountDownLatch(calls);
		}

		void next() {
			if (this.unsent.getAndDecrement() > 0) {
				this.call.get().whenComplete((value, failure) -> {
					if (failure != null) {
						this.failed.incrementAndGet();
					}
					this.left.countDown();
					next();
				});
			}
		}

	}

	/**
	 * What one turn was like.
	 *
	 * @param perSecond calls a second
	 * @param cpuMicros time of the processor a call, of this process
	 * @param failed calls without an answer
	 */
	private record Turn(double perSecond, double cpuMicros, int failed) {

		static Turn median(List<Turn> turns) {
			return turns.stream()
				.sorted((one, other) -> Double.compare(one.perSecond, other.perSecond))
				.skip(turns.size() / 2)
				.findFirst()
				.orElseThrow();
		}

		@Override
		public String toString() {
			return String.format("%,9.0f calls/s, %.1f us of CPU a call, %d failed", this.perSecond, this.cpuMicros,
					this.failed);
		}

	}

}
