package io.scalesrpc.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.dynamic.annotation.Command;
import io.lettuce.core.dynamic.annotation.Param;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A whole client against a real server: what methods stand for, and what they return. */
@Sockets
class RedisClientTests {

	private static RedisNode node;

	private ClientHandle<Shop> client;

	private Shop shop;

	/** Methods of every shape. */
	interface Shop {

		void set(String key, String value);

		String set(String key, String value, SetArgs how);

		String get(String key);

		@Command("GET :key")
		Optional<String> find(@Param("key") String key);

		@Command("GET ?0")
		byte[] raw(String key);

		@Command("SET ?0 ?1 NX PX ?2")
		boolean claim(String key, String by, long millis);

		long incr(String key);

		@Command("INCRBY ?0 ?1")
		int add(String key, int amount);

		@Command("INCRBYFLOAT ?0 ?1")
		double addFloat(String key, double amount);

		long hset(String key, Map<String, String> fields);

		Map<String, String> hgetAll(String key);

		long rpush(String key, List<String> values);

		List<String> lrange(String key, long start, long stop);

		long sadd(String key, String... members);

		Set<String> smembers(String key);

		long zadd(String key, Map<Double, String> members);

		@Command("ZRANGE ?0 0 -1 WITHSCORES")
		Map<String, Double> scores(String key);

		List<String> mget(List<String> keys);

		CompletableFuture<String> getAsync(String key);

		@Command("GET ?0")
		Mono<String> later(String key);

		@Command("EVAL ?0 0")
		Object eval(String script);

		String clientId();

		boolean exists(String key);

	}

	/** As in docs/redis.md. */
	interface Sessions {

		String get(String key);

		void set(String key, String value);

		long incr(String key);

		Map<String, String> hgetall(String key);

		@Command("SET ?0 ?1 NX PX ?2")
		boolean claim(String key, String owner, long millis);

		@Command("GET ?0")
		CompletableFuture<String> getLater(String key);

		Flux<String> scan(ScanArgs how);

	}

	@BeforeAll
	static void startServer() {
		node = RedisNode.bundled();
	}

	@AfterAll
	static void stopServer() {
		node.close();
	}

	@BeforeEach
	void open() {
		node.ask("FLUSHALL");
		this.client = ScalesClients.builder(Shop.class)
			.protocol("redis")
			.uri("tcp://" + node.address())
			.timeout(Duration.ofSeconds(5))
			.build();
		this.shop = this.client.proxy();
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void aMethodIsTheCommandOfItsName() {
		this.shop.set("a", "1");
		assertThat(this.shop.get("a")).isEqualTo("1");
		assertThat(this.shop.get("b")).isNull();
		assertThat(this.shop.incr("a")).isEqualTo(2);
		assertThat(this.shop.exists("a")).isTrue();
		assertThat(this.shop.exists("b")).isFalse();
		assertThat(Long.parseLong(this.shop.clientId())).isPositive();
	}

	@Test
	void aTemplateIsACommandWithPlaces() {
		assertThat(this.shop.claim("lock", "me", 60_000)).isTrue();
		assertThat(this.shop.claim("lock", "you", 60_000)).isFalse();
		assertThat(this.shop.find("lock")).contains("me");
		assertThat(this.shop.find("none")).isEmpty();
		assertThat(this.shop.add("n", 5)).isEqualTo(5);
		assertThat(this.shop.addFloat("n", 0.5)).isEqualTo(5.5);
		assertThat(this.shop.raw("lock")).asString().isEqualTo("me");
		assertThat(this.shop.set("x", "y", SetArgs.Builder.nx())).isEqualTo("OK");
	}

	@Test
	void collectionsAreArgumentsAndResults() {
		assertThat(this.shop.hset("h", Map.of("a", "1", "b", "2"))).isEqualTo(2);
		assertThat(this.shop.hgetAll("h")).isEqualTo(Map.of("a", "1", "b", "2"));
		assertThat(this.shop.rpush("l", List.of("x", "y"))).isEqualTo(2);
		assertThat(this.shop.lrange("l", 0, -1)).containsExactly("x", "y");
		assertThat(this.shop.sadd("s", "p", "q")).isEqualTo(2);
		assertThat(this.shop.smembers("s")).containsExactlyInAnyOrder("p", "q");
		this.shop.zadd("z", Map.of(1.5, "m"));
		assertThat(this.shop.scores("z")).isEqualTo(Map.of("m", 1.5));
		this.shop.set("k", "v");
		assertThat(this.shop.mget(List.of("k", "none"))).containsExactly("v", null);
	}

	@Test
	void resultsMayComeLater() {
		this.shop.set("a", "1");
		assertThat(this.shop.getAsync("a").join()).isEqualTo("1");
		assertThat(this.shop.later("a").block()).isEqualTo("1");
		assertThat(this.shop.later("b").blockOptional()).isEmpty();
	}

	@Test
	void anErrorOfRedisHarmsNoConnection() {
		this.shop.rpush("l", List.of("x"));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(RedisReplyException.class).isThrownBy(() -> this.shop.get("l"))
				.withMessageMatching("\\[shop] RedisClientTests.Shop.get: 127.0.0.1:\\d+ says WRONGTYPE .*")
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("WRONGTYPE"))
				.satisfies((ex) -> assertThat(ex.getStackTrace()).extracting(StackTraceElement::getClassName)
					.contains(RedisClientTests.class.getName()));
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.shop.getAsync("l").join())
				.withCauseInstanceOf(RedisReplyException.class);
		}
		assertThat(this.shop.exists("l")).isTrue();
		assertThat(node.ask("INFO", "stats")).contains("total_connections_received");
	}

	@Test
	void aWrongCommandIsSentOnceAndNobodysFault() {
		try (ClientHandle<Shop> guarded = ScalesClients.builder(Shop.class)
			.protocol("redis")
			.uri("tcp://" + node.address())
			.timeout(Duration.ofSeconds(10))
			.memberBreaker(MemberBreakerSettings.DEFAULT)
			.callOption(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT)
			.build()) {
			guarded.proxy().rpush("l", List.of("x"));
			node.ask("CONFIG", "RESETSTAT");
			for (int i = 0; i < 20; i++) {
				assertThatExceptionOfType(RedisReplyException.class).isThrownBy(() -> guarded.proxy().get("l"));
			}
			assertThat(node.ask("INFO", "commandstats")).contains("cmdstat_get:calls=20,");
			assertThat(guarded.proxy().lrange("l", 0, -1)).containsExactly("x");
		}
	}

	@Test
	void scriptsReturnWhateverThereIs() {
		assertThat(this.shop.eval("return {1, 'two', {3, false}}")).asString().isEqualTo("[1, two, [3, null]]");
	}

	@Test
	void theInterfaceOfTheDocumentWorks() {
		Sessions sessions = this.client.proxy(Sessions.class);
		sessions.set("greeting", "hello");
		assertThat(sessions.get("greeting")).isEqualTo("hello");
		assertThat(sessions.getLater("greeting").join()).isEqualTo("hello");
		assertThat(sessions.incr("n")).isEqualTo(1);
		assertThat(sessions.claim("lock", "me", 60_000)).isTrue();
		assertThat(sessions.hgetall("none")).isEmpty();
		assertThat(sessions.scan(ScanArgs.Builder.matches("gr*")).collectList().block()).containsExactly("greeting");
	}

}
