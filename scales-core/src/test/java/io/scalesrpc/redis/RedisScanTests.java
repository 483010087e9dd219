package io.scalesrpc.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a Flux has: the pages of a scan, as they are wanted, and the elements of lists.
 */
@Sockets
class RedisScanTests {

	private static final int KEYS = 1000;

	private static RedisNode node;

	private ClientHandle<Keys> client;

	/** Scans. */
	interface Keys {

		Flux<String> scan(ScanArgs how);

		@Command("SCAN COUNT 50")
		Flux<String> byFifty();

		Flux<Map.Entry<String, String>> hscan(String key);

		Flux<Map.Entry<String, Double>> zscan(String key, ScanArgs how);

		Flux<Integer> lrange(String key, int from, int to);

	}

	@BeforeAll
	static void startServer() {
		node = RedisNode.bundled();
		node.ask("EVAL",
				"for i = 1, " + KEYS + " do redis.call('SET', 'key-' .. i, i);"
						+ " redis.call('HSET', 'hash', 'f' .. i, i); redis.call('ZADD', 'sorted', i, 'm' .. i);"
						+ " redis.call('RPUSH', 'list', i) end return 1",
				"0");
	}

	@AfterAll
	static void stopServer() {
		node.close();
	}

	@BeforeEach
	void open() {
		this.client = ScalesClients.builder(Keys.class)
			.protocol("redis")
			.uri("tcp://" + node.address())
			.timeout(Duration.ofSeconds(5))
			.build();
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void aScanHasAllKeys() {
		List<String> found = this.client.proxy()
			.scan(ScanArgs.Builder.matches("key-*").limit(100))
			.collectList()
			.block();
		assertThat(new TreeSet<>(found)).isEqualTo(IntStream.rangeClosed(1, KEYS)
			.mapToObj((i) -> "key-" + i)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void entriesAreKeysWithValues() {
		Map<String, String> hash = this.client.proxy()
			.hscan("hash")
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block();
		assertThat(hash).hasSize(KEYS).containsEntry("f7", "7");
		Map<String, Double> sorted = this.client.proxy()
			.zscan("sorted", ScanArgs.Builder.limit(10))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.block();
		assertThat(sorted).hasSize(KEYS).containsEntry("m7", 7.0);
	}

	@Test
	void aListIsOnePage() {
		assertThat(this.client.proxy().lrange("list", 0, 4).collectList().block()).containsExactly(1, 2, 3, 4, 5);
		assertThat(this.client.proxy().lrange("none", 0, 4).collectList().block()).isEmpty();
	}

	@Test
	void pagesAreAskedForAsElementsAreWanted() {
		long before = scans();
		Slow slow = new Slow();
		this.client.proxy().byFifty().subscribe(slow);
		slow.request(1);
		slow.await(1);
		// The first page, and the one that may be asked for before it is wanted.
		assertThat(scans() - before).isBetween(1L, 2L);
		slow.request(120);
		slow.await(121);
		assertThat(scans() - before).isBetween(3L, 5L);
		slow.cancel();
		assertThat(this.client.proxy().byFifty().take(10).collectList().block()).hasSize(10);
	}

	@Test
	void anErrorIsThatOfTheCall() {
		assertThatExceptionOfType(RedisReplyException.class)
			.isThrownBy(() -> this.client.proxy().hscan("list").collectList().block())
			.withMessageContaining("WRONGTYPE");
	}

	@Test
	void aFallbackStandsInForAScanThatFails() {
		try (ClientHandle<Keys> nobody = ScalesClients.builder(Keys.class)
			.protocol("redis")
			.uri("tcp://127.0.0.1:" + FreePorts.next())
			.timeout(Duration.ofMillis(500))
			.fallback(new Nothing())
			.build()) {
			assertThat(nobody.proxy().byFifty().collectList().block()).containsExactly("fallback");
		}
		try (ClientHandle<Keys> nobody = ScalesClients.builder(Keys.class)
			.protocol("redis")
			.uri("tcp://127.0.0.1:" + FreePorts.next())
			.timeout(Duration.ofMillis(500))
			.build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> nobody.proxy().byFifty().blockLast());
		}
	}

	/** Whoever answers on another connection may be another server. */
	@Test
	void aScanEndsWithTheConnectionThatItBeganOn() {
		Slow slow = new Slow();
		this.client.proxy().byFifty().subscribe(slow);
		slow.request(1);
		slow.await(1);
		node.ask("CLIENT", "KILL", "TYPE", "normal");
		slow.request(Long.MAX_VALUE);
		Eventually.await("the end", () -> slow.end != null);
		assertThat(slow.end).isInstanceOf(ConnectionLostException.class)
			.hasMessageContaining("cursor means nothing on another")
			.satisfies((ex) -> assertThat(((ConnectionLostException) ex).isRetryable()).isFalse());
		assertThat(slow.taken.get()).isLessThan(KEYS);
		assertThat(this.client.proxy().byFifty().count().block()).isGreaterThan(KEYS);
	}

	private static long scans() {
		return node.ask("INFO", "commandstats")
			.lines()
			.filter((line) -> line.startsWith("cmdstat_scan:calls="))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
			.sum();
	}

	/** Takes what it asks for. <em>Thread-safe</em>. */
	private static final class Slow extends BaseSubscriber<String> {

		private final AtomicInteger taken = new AtomicInteger();

		private volatile Throwable end;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asks later
		}

		@Override
		protected void hookOnNext(String value) {
			this.taken.incrementAndGet();
		}

		@Override
		protected void hookOnError(Throwable thrown) {
			this.end = thrown;
		}

		void await(int count) {
			Eventually.await(count + " elements", () -> this.taken.get() >= count);
		}

	}

	/** Stands in. */
	private static final class Nothing implements Keys {

		@Override
		public Flux<String> scan(ScanArgs how) {
			return Flux.empty();
		}

		@Override
		public Flux<String> byFifty() {
			return Flux.just("fallback");
		}

		@Override
		public Flux<Map.Entry<String, String>> hscan(String key) {
			return Flux.empty();
		}

		@Override
		public Flux<Map.Entry<String, Double>> zscan(String key, ScanArgs how) {
			return Flux.empty();
		}

		@Override
		public Flux<Integer> lrange(String key, int from, int to) {
			return Flux.empty();
		}

	}

}
