package io.scalesrpc.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.testing.HeldTime;
import io.scalesrpc.testing.Sockets;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Brokers are killed and come back while records are sent. Short in the build; as long
 * and as fast as one likes with
 * {@code -Dscales.kafka.seconds=30 -Dscales.kafka.rate=1000}, and with
 * {@code -Dscales.kafka.strict=true} no caller may be held for 5 ms, by work or by
 * waiting: what it waits for a processor is the machine's.
 */
@Sockets
@Tag("soak")
class KafkaOutageTests {

	private static final int SECONDS = Integer.getInteger("scales.kafka.seconds", 6);

	private static final int RATE = Integer.getInteger("scales.kafka.rate", 300);

	private static final boolean STRICT = Boolean.getBoolean("scales.kafka.strict");

	private static final Duration TIMEOUT = Duration.ofMillis(700);

	/**
	 * How much later a call may end: a tick of the timer, and what a busy machine needs.
	 */
	private static final Duration TOLERANCE = STRICT ? Duration.ofMillis(50) : Duration.ofSeconds(2);

	/** The first calls of a cold machine load classes. */
	private static final Duration MOST_HELD = Duration.ofMillis(STRICT ? 5 : 100);

	private static final List<String> TOPICS = List.of("red", "green", "blue");

	private static KafkaCluster cluster;

	@BeforeAll
	static void startCluster() {
		cluster = KafkaCluster.start(3);
		TOPICS.forEach((topic) -> cluster.topic(topic, 3));
		cluster.topic("heavy", 3);
	}

	@AfterAll
	static void closeCluster() {
		cluster.close();
	}

	/** A record on its way, and how it ended. */
	private static final class Sent {

		private final String topic;

		private final String text;

		private final long start = System.nanoTime();

		private volatile long end;

		private volatile FailureKind kind;

		private volatile boolean acknowledged;

		Sent(String topic, int number) {
			this.topic = topic;
			this.text = topic + ":" + number;
		}

		void ended(RecordMetadata metadata, Throwable ex) {
			this.acknowledged = ex == null && metadata.topic().equals(this.topic);
			this.kind = (ex instanceof ScalesException failure) ? failure.kind() : null;
			this.end = System.nanoTime();
		}

	}

	private static ClientHandle<ScalesKafkaClient> client(KafkaSettings settings) {
		return ScalesClients.builder(ScalesKafkaClient.class)
			.name("shop")
			.protocol(new KafkaProtocol(settings))
			.uri(cluster.uri())
			.timeout(TIMEOUT)
			.build();
	}

	@Test
	void whatWasAcknowledgedIsInItsLogOnceWhenABrokerIsKilledAndComesBack() throws Exception {
		List<Sent> sent = new ArrayList<>();
		AtomicLong longestCall = new AtomicLong();
		try (ClientHandle<ScalesKafkaClient> client = client(KafkaSettings.DEFAULT)) {
			ScalesKafkaClient proxy = client.proxy();
			await("the first record", () -> succeeds(proxy, TOPICS.get(0)));
			CompletableFuture<Void> killing = CompletableFuture.runAsync(KafkaOutageTests::killAndRestart);
			long start = System.nanoTime();
			int total = SECONDS * RATE;
			for (int i = 0; i < total; i++) {
				long due = start + TimeUnit.SECONDS.toNanos(i) / RATE;
				while (System.nanoTime() < due) {
					LockSupport.parkNanos(100_000);
				}
				Sent one = new Sent(TOPICS.get(i % TOPICS.size()), i);
				sent.add(one);
				long before = HeldTime.nanos();
				CompletableFuture<RecordMetadata> future = proxy.putAsync(one.topic, one.text);
				longestCall.accumulateAndGet(HeldTime.nanos() - before, Math::max);
				future.whenComplete(one::ended);
			}
			killing.get(60, TimeUnit.SECONDS);
			await("the end of all", () -> sent.stream().allMatch((one) -> one.end != 0));
			await("recovery", () -> succeeds(proxy, TOPICS.get(1)));
		}
		report(sent, longestCall.get());
		assertLogs(sent);
		assertThat(sent).allMatch((one) -> one.end - one.start <= TIMEOUT.plus(TOLERANCE).toNanos());
		assertThat(sent).filteredOn((one) -> one.acknowledged).hasSizeGreaterThan(sent.size() / 10);
		assertThat(Duration.ofNanos(longestCall.get())).isLessThan(MOST_HELD);
	}

	/** Brokers of a busy machine need longer than most. */
	private static void await(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(Duration.ofSeconds(40));
			LockSupport.parkNanos(5_000_000);
		}
	}

	private static void killAndRestart() {
		int victim = cluster.brokers().get(0);
		LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS) / 4);
		cluster.kill(victim);
		LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS) / 4);
		cluster.restart(victim);
	}

	private static boolean succeeds(ScalesKafkaClient proxy, String topic) {
		try {
			proxy.put(topic, "probe");
			return true;
		}
		catch (ScalesException ex) {
			return false;
		}
	}

	private static void assertLogs(List<Sent> sent) {
		Map<String, Integer> counts = new HashMap<>();
		for (String topic : TOPICS) {
			for (String text : cluster.texts(topic)) {
				if (!text.equals("probe")) {
					// Each record names its topic.
					assertThat(text).startsWith(topic + ":");
					counts.merge(text, 1, Integer::sum);
				}
			}
		}
		assertThat(sent).filteredOn((one) -> one.acknowledged).allMatch((one) -> counts.getOrDefault(one.text, 0) == 1);
		assertThat(sent).filteredOn((one) -> one.kind == FailureKind.NOT_SENT)
			.allMatch((one) -> !counts.containsKey(one.text));
		assertThat(counts.values()).allMatch((count) -> count == 1);
	}

	private static void report(List<Sent> sent, long longestCall) {
		Map<String, Long> ends = new HashMap<>();
		long longest = 0;
		for (Sent one : sent) {
			ends.merge(one.acknowledged ? "ACKNOWLEDGED" : String.valueOf(one.kind), 1L, Long::sum);
			longest = Math.max(longest, one.end - one.start);
		}
		System.out.printf(
				"kafka outage: %d records, %s; the longest call %.1f ms, the caller held for at most %.2f ms%n",
				sent.size(), ends, longest / 1e6, longestCall / 1e6);
	}

	@Test
	void whenAllBrokersAreGoneMemoryIsBoundedAndTheClientRecoversByItself() {
		Map<String, AtomicLong> reasons = new ConcurrentHashMap<>();
		AtomicLong open = new AtomicLong();
		AtomicLong longestCall = new AtomicLong();
		try (ClientHandle<ScalesKafkaClient> client = client(soonExpired())) {
			ScalesKafkaClient proxy = client.proxy();
			await("the first record", () -> succeeds(proxy, "heavy"));
			cluster.brokers().forEach(cluster::kill);
			long before = usedMemory();
			offer64MegabytesASecond(proxy, reasons, open, longestCall);
			long grown = usedMemory() - before;
			System.out.printf("kafka outage: all gone for %d s; memory grew by %d MiB, the caller was held for at most"
					+ " %.2f ms, %s%n", outageSeconds(), grown >> 20, longestCall.get() / 1e6, reasons);
			// The buffer of the producer, what may wait, and room for what is being made.
			assertThat(grown).isLessThan(96L << 20);
			assertThat(client.view().state()).isEqualTo(SinkState.CLOSED);
			assertThat(reasons).isNotEmpty();
			cluster.brokers().forEach(cluster::restart);
			await("the end of all", () -> open.get() == 0);
			await("recovery", () -> succeeds(proxy, "heavy"));
			assertThat(client.view().state()).isEqualTo(SinkState.OPEN);
		}
		assertThat(Duration.ofNanos(longestCall.get())).isLessThan(MOST_HELD);
	}

	/**
	 * A broker that is back before the others may refuse the first batches of a producer
	 * for want of replicas and take a later one: it then refuses the first as out of
	 * order until they expire.
	 */
	private static KafkaSettings soonExpired() {
		return KafkaSettings.DEFAULT.withDelivery(new KafkaSettings.Delivery("all", true, Duration.ofSeconds(15),
				Duration.ofSeconds(5), 5, Duration.ofMillis(500)));
	}

	private static int outageSeconds() {
		return Math.max(3, SECONDS * 2 / 3);
	}

	private static void offer64MegabytesASecond(ScalesKafkaClient proxy, Map<String, AtomicLong> reasons,
			AtomicLong open, AtomicLong longestCall) {
		byte[] payload = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
		long start = System.nanoTime();
		IntStream.range(0, outageSeconds() * 1024).forEach((i) -> {
			while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(i) / 1024) {
				LockSupport.parkNanos(100_000);
			}
			open.incrementAndGet();
			long before = HeldTime.nanos();
			CompletableFuture<RecordMetadata> future = proxy.putAsync("heavy", payload);
			longestCall.accumulateAndGet(HeldTime.nanos() - before, Math::max);
			future.whenComplete((metadata, ex) -> {
				open.decrementAndGet();
				String kind = (ex instanceof ScalesException failure) ? failure.kind() + " " + shape(failure) : "ok";
				reasons.computeIfAbsent(kind, (key) -> new AtomicLong()).incrementAndGet();
			});
		});
	}

	private static String shape(ScalesException failure) {
		return failure.reason().replaceAll("[0-9]+", "N");
	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
