package io.scalesrpc.redis.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.redis.RedisReplyException;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What a connection is opened with, what ends it, and what does not. */
@Sockets
class RedisConnectionTests {

	private final List<AutoCloseable> opened = new ArrayList<>();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@AfterEach
	void closeAll() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	@Test
	void databaseNameAndVersionAreSet() {
		RedisNode node = node();
		RedisSettings settings = RedisSettings.DEFAULT.withDatabase(3).withClientName("prices");
		for (int version : new int[] { 0, 2, 3 }) {
			ScalesRedisClient redis = client(node, settings.withProtocolVersion(version));
			assertThat(redis.text("CLIENT LIST")).contains("name=prices").contains("db=3");
			redis.command("SET", "key", version);
			assertThat(redis.text("GET", "key")).isEqualTo(Integer.toString(version));
			assertThat(redis.command("HSET", "hash", "a", 1, "b", 2)).isIn(0L, 2L);
			assertThat(redis.command("HGETALL", "hash")).isEqualTo(List.of("a", "1", "b", "2"));
		}
		assertThat(node.ask("GET", "key")).isNotEqualTo("3");
	}

	@Test
	void aDatabaseThatIsNotThereIsToldOfWithItsNumber() {
		ScalesRedisClient redis = refused(node(), RedisSettings.DEFAULT.withDatabase(99));
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> redis.text("GET", "a"))
			.withMessageContaining("cannot connect")
			.withMessageContaining("DB index is out of range (expected: redis.database is one that the server has");
	}

	@Test
	void usersAndPasswordsAreChecked() {
		RedisNode node = node();
		node.ask("ACL", "SETUSER", "reader", "on", ">secret", "~*", "+get", "+echo", "+ping");
		node.ask("ACL", "SETUSER", "default", ">other");
		ScalesRedisClient reader = client(node, RedisSettings.DEFAULT.withCredentials("reader", "secret"));
		assertThat(reader.text("GET", "a")).isNull();
		assertThatExceptionOfType(RedisReplyException.class).isThrownBy(() -> reader.command("SET", "a", 1))
			.withMessageContaining("NOPERM")
			.withMessageContaining("access control list");
		for (RedisSettings wrong : List.of(RedisSettings.DEFAULT.withCredentials("reader", "wrong"),
				RedisSettings.DEFAULT.withCredentials(null, "wrong"))) {
			ScalesRedisClient redis = refused(node, wrong);
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> redis.text("GET", "a"))
				.withMessageContaining("WRONGPASS")
				.withMessageContaining("(expected: redis.username and redis.password as the server has them)");
		}
		assertThat(client(node, RedisSettings.DEFAULT.withCredentials(null, "other")).text("GET", "a")).isNull();
	}

	@Test
	void whoeverMayNotEchoIsToldHowToGoOn() {
		RedisNode node = node();
		node.ask("ACL", "SETUSER", "reader", "on", ">secret", "~*", "+get", "+ping");
		RedisSettings settings = RedisSettings.DEFAULT.withCredentials("reader", "secret");
		ScalesRedisClient redis = refused(node, settings);
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> redis.text("GET", "a"))
			.withMessageContaining("the server does not echo")
			.withMessageContaining("redis.verify-replies: false");
		assertThat(client(node, settings.withVerifyReplies(false)).text("GET", "a")).isNull();
	}

	@Test
	void theDefaultPasswordThatIsMissingIsAskedFor() {
		RedisNode node = node();
		node.ask("CONFIG", "SET", "requirepass", "secret");
		ScalesRedisClient redis = refused(node, RedisSettings.DEFAULT);
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> redis.text("GET", "a"))
			.withMessageContaining("NOAUTH")
			.withMessageContaining("(expected: redis.password, and redis.username unless it is the default user's)");
	}

	@Test
	void aPasswordForAServerWithoutOneIsToldOf() {
		ScalesRedisClient redis = refused(node(),
				RedisSettings.DEFAULT.withProtocolVersion(2).withCredentials(null, "secret"));
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> redis.text("GET", "a"))
			.withMessageContaining("(expected: no redis.password for a server without one)");
	}

	@Test
	void aServerThatHangsIsGivenUpAndCalledAgainWhenItIsBack() {
		RedisNode node = node();
		RedisSettings settings = RedisSettings.DEFAULT.withPing(Duration.ofSeconds(2), Duration.ofMillis(100));
		ScalesRedisClient redis = client(node, settings);
		redis.command("SET", "a", 1);
		node.signal("STOP");
		try {
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> redis.command("INCR", "a"))
				.withMessageContaining("no byte from the server within 100 ms of a ping");
		}
		finally {
			node.signal("CONT");
		}
		Eventually.await("an answer", () -> catchThrowable(() -> redis.text("GET", "a")) == null);
	}

	@Test
	void commandsThatTimedOutAreOwedAndTooManyOfThemCostTheConnection() {
		RedisNode node = node();
		ScalesRedisClient redis = open(builder(node, RedisSettings.DEFAULT).timeout(Duration.ofMillis(300))
			.limits(new TransportLimits(1 << 20, 100, 1 << 20, 4))).proxy();
		redis.command("SET", "a", 1);
		node.signal("STOP");
		try {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> redis.command("INCR", "a"));
			}
			// Callers are told before the event loop takes note.
			Eventually.await("three that are owed", () -> owed() == 3);
		}
		finally {
			node.signal("CONT");
		}
		Eventually.await("all replies", () -> owed() == 0);
		assertThat(redis.text("GET", "a")).isEqualTo("4");
		long connections = connections(node);
		node.signal("STOP");
		try {
			for (int i = 0; i < 6; i++) {
				assertThat(catchThrowable(() -> redis.command("INCR", "a"))).isNotNull();
			}
		}
		finally {
			node.signal("CONT");
		}
		Eventually.await("an answer", () -> catchThrowable(() -> redis.text("GET", "a")) == null);
		assertThat(connections(node)).isGreaterThan(connections);
	}

	@Test
	void aReplyThatIsTooLargeEndsTheConnectionAndNothingElse() {
		RedisNode node = node();
		ScalesRedisClient redis = open(
				builder(node, RedisSettings.DEFAULT).limits(new TransportLimits(100_000, 100, 1 << 20, 100)))
			.proxy();
		redis.command("SETRANGE", "large", 200_000, "x");
		assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> redis.text("GET", "large"))
			.withMessageContaining("(expected: <= 100000)");
		Eventually.await("an answer", () -> catchThrowable(() -> redis.text("GET", "a")) == null);
		assertThatExceptionOfType(InternalCallException.class)
			.isThrownBy(() -> redis.command("SET", "a", "x".repeat(200_000)))
			.withMessageContaining("(expected: at most 100000)");
	}

	@Test
	void aReplyOfAnotherShapeIsABugAndHarmsNoConnection() {
		RedisNode node = node();
		ScalesRedisClient redis = client(node, RedisSettings.DEFAULT);
		redis.command("RPUSH", "list", "a", "b");
		long connections = connections(node);
		assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> redis.text("LRANGE", "list", 0, -1))
			.withMessageContaining("a list of 2 (expected: a single value)");
		assertThat(redis.text("GET", "none")).isNull();
		// One for each question of this test.
		assertThat(connections(node) - connections).isEqualTo(1);
	}

	@Test
	void largeValuesAndManyCallsGoOverOneConnection() throws Exception {
		RedisNode node = node();
		ScalesRedisClient redis = client(node, RedisSettings.DEFAULT);
		String large = "x".repeat(3_000_000);
		redis.command("SET", "large", large);
		long connections = connections(node);
		List<CompletableFuture<String>> calls = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			calls.add(redis.textAsync("ECHO", "call " + i));
		}
		assertThat(redis.text("GET", "large")).isEqualTo(large);
		for (int i = 0; i < calls.size(); i++) {
			assertThat(calls.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("call " + i);
		}
		assertThat(connections(node) - connections).isEqualTo(1);
	}

	@Test
	void aServerThatIsLoadingRefusesAndIsAskedAgain() {
		assertThat(failure("LOADING Redis is loading the dataset in memory").nack()).isTrue();
		assertThat(failure("MOVED 3999 127.0.0.1:6381").reason()).contains("cluster, which is not supported");
		assertThat(failure("MOVED 3999 127.0.0.1:6381").nonRetryable()).isTrue();
		assertThat(failure("NOSCRIPT No matching script").kind()).isEqualTo(FailureKind.DECLARED);
		assertThat(failure("BUSYKEY Target key name already exists.").kind()).isEqualTo(FailureKind.DECLARED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ERR Client sent AUTH, but no password is set",
			"ERR AUTH <password> called without any password configured for the default user." })
	void aServerWithoutAPasswordIsToldWhateverItsAge(String error) {
		assertThat(RedisErrors.atLogin(error)).endsWith(" (expected: no redis.password for a server without one)");
	}

	private static Failure failure(String error) {
		return RedisErrors.failure(error, "");
	}

	/** The document has the table that the code has. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			LOADING,BUSY,MASTERDOWN,TRYAGAIN,CLUSTERDOWN,NOREPLICAS | NOT_SENT | false
			READONLY            | NOT_SENT | false
			OOM,MISCONF         | NOT_SENT | true
			MOVED,ASK,CROSSSLOT | NOT_SENT | true
			NOAUTH              | REMOTE   | true
			WRONGTYPE,ERR,NOSCRIPT,NOPERM,EXECABORT,BUSYGROUP | DECLARED | false
			""")
	void anErrorIsTheServersOrTheCommands(String codes, FailureKind kind, boolean last) throws IOException {
		String row = Files.readAllLines(Path.of("../docs/redis.md"))
			.stream()
			.filter((line) -> line.startsWith("| `" + codes.substring(0, (codes + ",").indexOf(',')) + "`"))
			.findFirst()
			.orElseThrow();
		for (String code : codes.split(",")) {
			Failure failure = failure(code + " and a text");
			assertThat(failure.kind()).isEqualTo(kind);
			assertThat(failure.nonRetryable()).isEqualTo(last);
			assertThat(failure.nack()).isEqualTo(kind == FailureKind.NOT_SENT);
			assertThat(failure.cause()).isInstanceOf(RedisReplyException.class);
			assertThat(row).contains("`" + code + "`", "`" + kind + "`");
			assertThat(row.contains("not sent again")).isEqualTo(last || kind == FailureKind.DECLARED);
		}
	}

	/** It takes connections, and says nothing. */
	@Test
	void aTimeoutThatIsShorterThanConnectingTellsOfTheConnection() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			String address = "127.0.0.1:" + silent.getLocalPort();
			ClientHandle<ScalesRedisClient> client = ScalesClients.builder(ScalesRedisClient.class)
				.protocol("redis")
				.uri("tcp://" + address)
				.connectTimeout(Duration.ofSeconds(30))
				.timeout(Duration.ofMillis(100))
				.build();
			this.opened.add(client);
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().text("GET", "a"))
				.withMessageContaining("no connection to " + address + " in time: opening");
		}
	}

	@Test
	void settingsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> RedisSettings.DEFAULT.withDatabase(-1))
			.withMessage("redis.database: -1 (expected: 0 or more)");
		assertThatIllegalArgumentException().isThrownBy(() -> RedisSettings.DEFAULT.withCredentials("user", null))
			.withMessage("redis.username: user (expected: none without redis.password)");
		assertThatIllegalArgumentException().isThrownBy(() -> RedisSettings.DEFAULT.withProtocolVersion(4))
			.withMessageStartingWith("redis.protocol-version: 4");
		assertThatIllegalArgumentException().isThrownBy(() -> RedisSettings.DEFAULT.withClientName("a b"))
			.withMessageStartingWith("redis.client-name: 'a b'");
		assertThat(RedisSettings.DEFAULT.withCredentials("user", "hidden").toString()).doesNotContain("hidden");
	}

	private RedisNode node() {
		RedisNode node = RedisNode.bundled();
		this.opened.add(node);
		return node;
	}

	/** It waits for a server that takes it, as long as it has time. */
	private ScalesRedisClient refused(RedisNode node, RedisSettings settings) {
		return open(builder(node, settings).timeout(Duration.ofSeconds(1))).proxy();
	}

	private ScalesRedisClient client(RedisNode node, RedisSettings settings) {
		return open(builder(node, settings)).proxy();
	}

	private ClientHandle<ScalesRedisClient> open(ClientBuilder<ScalesRedisClient> builder) {
		ClientHandle<ScalesRedisClient> client = builder.build();
		this.opened.add(() -> client.close(Duration.ZERO).toCompletableFuture().join());
		return client;
	}

	private ClientBuilder<ScalesRedisClient> builder(RedisNode node, RedisSettings settings) {
		return ScalesClients.builder(ScalesRedisClient.class)
			.protocol(new RedisProtocol(settings))
			.uri("tcp://" + node.address())
			.name("redis-" + this.opened.size())
			.meterRegistry(this.meters)
			.connectTimeout(Duration.ofSeconds(4))
			.timeout(Duration.ofSeconds(5));
	}

	private double owed() {
		return this.meters.get(MeterNames.OWED_TAGS).gauge().value();
	}

	private static long connections(RedisNode node) {
		return node.ask("INFO", "stats")
			.lines()
			.filter((line) -> line.startsWith("total_connections_received:"))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
			.sum();
	}

}
