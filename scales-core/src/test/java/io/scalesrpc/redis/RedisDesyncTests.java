package io.scalesrpc.redis;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole client and a real server with a proxy between them that delays, doubles,
 * drops, garbles and cuts replies, while calls run out of time, are cancelled, and fail
 * to decode. Every reply names the command it belongs to.
 */
@Sockets
@Tag("soak")
class RedisDesyncTests {

	private static final Logger logger = LoggerFactory.getLogger(RedisDesyncTests.class);

	/** Those that were not refused at once because a connection was just lost. */
	private static final int CALLS = Integer.getInteger("scales.test.calls", 5_000);

	private static final int CONCURRENT = 64;

	private static final int KEYS = 512;

	/** Several clients, so that one waits for its next connection while others call. */
	private static final int WAYS = 8;

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private static final Duration LATEST = TIMEOUT.plusSeconds(3);

	/** Values that a codec makes. */
	interface Named {

		@Command("GET ?0")
		CompletableFuture<Value> value(String key);

		@Command("GET ?0")
		CompletableFuture<String> text(String key);

		@Command("SET ?0 ?1")
		CompletableFuture<String> set(String key, Value value);

	}

	/** The value of a key: what says which it is and that nobody changed it. */
	record Value(String text) {

		static Value of(String key) {
			return new Value(key + "/" + Integer.toHexString(key.hashCode()));
		}

		/**
		 * Whether it is a value at all: one whose bytes were changed on the way is none.
		 */
		boolean isWhole() {
			int end = this.text.indexOf('/');
			return end >= 0 && equals(of(this.text.substring(0, end)));
		}

	}

	/** Fails now and then. */
	private record Clumsy(Stumbling stumbling) implements ValueCodec {

		@Override
		public byte[] encode(Object value) {
			this.stumbling.perhaps();
			return ((Value) value).text().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] bytes, Type type) {
			this.stumbling.perhaps();
			return new Value(new String(bytes, StandardCharsets.UTF_8));
		}

	}

	@Test
	void noReplyReachesAnotherCallWhateverHappensOnTheWay() throws Exception {
		Random seeds = new Random(20261129);
		Tally tally = new Tally();
		ClientResources resources = ClientResources.create();
		List<Way> ways = new ArrayList<>();
		try (RedisNode node = RedisNode.bundled()) {
			for (int i = 0; i < KEYS; i++) {
				node.ask("SET", "key-" + i, Value.of("key-" + i).text());
			}
			for (int i = 0; i < WAYS; i++) {
				ways.add(new Way(node, resources, seeds));
			}
			call(ways, new Random(seeds.nextLong()), tally);
		}
		finally {
			for (Way way : ways) {
				way.close();
			}
			resources.close(Duration.ZERO).toCompletableFuture().join();
		}
		int connections = ways.stream().mapToInt((way) -> way.proxy.accepted()).sum();
		logger.warn("right {}, failed {}, changed on the way {}, wrong {}, connections {}", tally.right, tally.failed,
				tally.changed, tally.wrong.size(), connections);
		assertThat(tally.wrong).isEmpty();
		assertThat(tally.late).isEmpty();
		assertThat(tally.right.get()).isGreaterThan(CALLS / 4);
		assertThat(tally.failed.get()).isGreaterThan(CALLS / 100);
		assertThat(connections).isGreaterThan(WAYS * 2);
	}

	private static void call(List<Way> ways, Random random, Tally tally) throws InterruptedException {
		Semaphore permits = new Semaphore(CONCURRENT);
		for (int i = 0; tally.ended() < CALLS; i++) {
			permits.acquire();
			Way way = ways.get(i % ways.size());
			String key = "key-" + random.nextInt(KEYS);
			long start = System.nanoTime();
			CompletableFuture<?> future = future(way.client(), key, random.nextInt(4));
			future.whenComplete((value, ex) -> {
				way.down |= ex instanceof NotSentException;
				tally.add(key, value, ex, System.nanoTime() - start);
				permits.release();
			});
			if (random.nextInt(20) == 0) {
				LockSupport.parkNanos(random.nextInt(300_000));
				future.cancel(true);
			}
		}
		assertThat(permits.tryAcquire(CONCURRENT, LATEST.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
	}

	/**
	 * A client and what stands between it and the server. One that waits for its next
	 * connection gives way to a new one, which does not wait. <em>Confined to the thread
	 * of the test</em>, but for {@link #down}.
	 */
	private static final class Way {

		private final RedisProxy proxy;

		private final ClientResources resources;

		private final ValueCodec codec;

		private ClientHandle<Named> client;

		private volatile boolean down;

		Way(RedisNode node, ClientResources resources, Random seeds) throws IOException {
			this.proxy = new RedisProxy(node, new RedisProxy.Chance(new Random(seeds.nextLong()), 15));
			this.codec = new Clumsy(new Stumbling(new Random(seeds.nextLong()), 2000));
			this.resources = resources;
			this.client = open();
		}

		private ClientHandle<Named> open() {
			RedisSettings settings = RedisSettings.DEFAULT.withPing(Duration.ofMillis(100), Duration.ofMillis(100));
			return ScalesClients.builder(Named.class)
				.protocol(new RedisProtocol(settings, this.codec, null))
				.uri(this.proxy.uri())
				.resources(this.resources)
				.timeout(TIMEOUT)
				.build();
		}

		Named client() {
			if (this.down) {
				this.client.close(TIMEOUT);
				this.client = open();
				this.down = false;
			}
			return this.client.proxy();
		}

		void close() throws IOException {
			this.client.close(Duration.ZERO).toCompletableFuture().join();
			this.proxy.close();
		}

	}

	private static CompletableFuture<?> future(Named redis, String key, int choice) {
		return switch (choice) {
			case 0 -> redis.set(key, Value.of(key));
			case 1 -> redis.text(key);
			default -> redis.value(key);
		};
	}

	/** What became of the calls. <em>Thread-safe</em>. */
	private static final class Tally {

		private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

		private final Queue<String> late = new ConcurrentLinkedQueue<>();

		private final AtomicInteger right = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		private final AtomicInteger changed = new AtomicInteger();

		int ended() {
			return this.right.get() + this.failed.get() + this.changed.get();
		}

		void add(String key, Object value, Throwable ex, long nanos) {
			if (nanos > LATEST.toNanos()) {
				this.late.add(key + ": " + Duration.ofNanos(nanos));
			}
			if (ex instanceof NotSentException) {
				// the connection was just lost
			}
			else if (ex != null) {
				this.failed.incrementAndGet();
			}
			else if ("OK".equals(value)) {
				this.right.incrementAndGet();
			}
			else {
				add(key, (value instanceof String text) ? new Value(text) : (Value) value);
			}
		}

		private void add(String key, Value value) {
			if (Value.of(key).equals(value)) {
				this.right.incrementAndGet();
			}
			else if (value != null && !value.isWhole()) {
				// RESP has no checksum: who flips a bit of a value is not found out.
				this.changed.incrementAndGet();
			}
			else {
				this.wrong.add(key + " got " + value);
			}
		}

	}

}
