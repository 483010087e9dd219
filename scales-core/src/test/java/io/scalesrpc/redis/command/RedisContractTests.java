package io.scalesrpc.redis.command;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.dynamic.annotation.Command;
import io.lettuce.core.dynamic.annotation.CommandNaming;
import io.lettuce.core.dynamic.annotation.CommandNaming.LetterCase;
import io.lettuce.core.dynamic.annotation.CommandNaming.Strategy;
import io.lettuce.core.dynamic.annotation.Param;
import io.lettuce.core.dynamic.domain.Timeout;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.protocol.UnfitInterfaceException;
import io.scalesrpc.redis.ScalesRedisClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which commands methods stand for, and which are refused, without a server. */
class RedisContractTests {

	private final RedisContract contract = new RedisContract(null);

	/** Names and templates. */
	interface Good {

		Map<String, String> hgetAll(String key);

		String clientInfo();

		String setex(String key, long seconds, String value);

		@Command("SET ?1 ?0 PX ?2")
		String reversed(String value, String key, long millis);

		@Command("ZADD :key :score :member")
		long zadd(@Param("member") String member, @Param("score") double score, @Param("key") String key);

		@Command("MSET ?0 ?0")
		String twice(String text);

		@Command("GET")
		String appended(String key);

		@CommandNaming(strategy = Strategy.DOT)
		String ftSearch(String index);

		@CommandNaming(strategy = Strategy.METHOD_NAME, letterCase = LetterCase.AS_IS)
		String myCommand();

		@CommandNaming(strategy = Strategy.SPLIT)
		String mGet(String key);

		@Command("MSET")
		String all(Map<String, Integer> values);

		Flux<String> scan(ScanArgs how);

		@Command("SET ?1 ?0")
		String chosen(CallOptions options, String value, String key);

		@Command("SET :key :value")
		String named(@Param("key") String key, @Param("value") String value, CallOptions options);

		Object command(CallOptions options, String name, Object... arguments);

		@Command("SCAN 0 COUNT ?0")
		Flux<String> scanned(int count);

		Flux<String> sscan(String key);

		Flux<String> lrange(String key, int from, int to);

	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			hgetAll    | k       | HGETALL k
			clientInfo |         | CLIENT INFO
			setex      | k,5,v   | SETEX k 5 v
			reversed   | v,k,5   | SET k v PX 5
			zadd       | m,1.5,k | ZADD k 1.5 m
			twice      | t       | MSET t t
			appended   | k       | GET k
			ftSearch   | i       | FT.SEARCH i
			myCommand  |         | myCommand
			mGet       | k       | M GET k
			scanned    | 7       | SCAN 0 COUNT 7
			sscan      | k       | SSCAN k 0
			lrange     | k,0,9   | LRANGE k 0 9
			""")
	void aMethodIsACommand(String method, String arguments, String command) {
		Object[] given = (arguments != null) ? arguments.split(",") : new Object[0];
		assertThat(encoded(method, given)).isEqualTo(text(RespWriter.command(command.split(" "))));
	}

	@Test
	void mapsAndArgumentObjectsAreSeveralArguments() {
		assertThat(encoded("all", Map.of("a", 1))).isEqualTo(text(RespWriter.command("MSET", "a", "1")));
		assertThat(encoded("scan", ScanArgs.Builder.limit(5).match("x*")))
			.isEqualTo(text(RespWriter.command("SCAN", "0", "MATCH", "x*", "COUNT", "5")));
	}

	@Test
	void optionsOfCallsAreNoArguments() {
		assertThat(encoded("chosen", "x", "k")).isEqualTo(text(RespWriter.command("SET", "k", "x")));
		assertThat(encoded("named", "k", "x")).isEqualTo(text(RespWriter.command("SET", "k", "x")));
		assertThat(encoded("command", "GET", new Object[] { "k" })).isEqualTo(text(RespWriter.command("GET", "k")));
	}

	@Test
	void anArgumentThatIsMissingIsNotSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> encoded("appended", new Object[] { null }))
			.withMessageContaining("null (expected: a value)");
	}

	@Test
	void aCommandThatIsTooLongIsNotSent() {
		RedisMethod method = method(Good.class, "appended");
		assertThatIllegalArgumentException().isThrownBy(() -> method.encode(new Object[] { "x".repeat(2000) }, 1024))
			.withMessageContaining("(expected: at most 1024)");
	}

	@Test
	void readsMayBeSentAgainAndWritesMayNot() {
		assertThat(method(Good.class, "hgetAll").options(CallOptions.NONE, new Object[0]).get(Idempotence.KEY))
			.isTrue();
		assertThat(method(Good.class, "setex").options(CallOptions.NONE, new Object[0]).get(Idempotence.KEY)).isFalse();
		CallOptions not = CallOptions.of(Idempotence.KEY, false);
		assertThat(method(Good.class, "hgetAll").options(not, new Object[0]).get(Idempotence.KEY)).isFalse();
	}

	@Test
	void scansStayWithOneServer() {
		assertThat(method(Good.class, "hgetAll").mayReadFromReplica(new Object[0])).isTrue();
		assertThat(method(Good.class, "sscan").mayReadFromReplica(new Object[0])).isFalse();
		assertThat(method(Good.class, "clientInfo").mayReadFromReplica(new Object[0])).isFalse();
	}

	/** Whatever must not be sent where calls share a connection. */
	interface Bad {

		String subscribe(String channel);

		String blpop(String key, int seconds);

		@Command("XREAD BLOCK 0 STREAMS ?0 $")
		String xread(String stream);

		String multi();

		String watch(String key);

		String monitor();

		String select(int database);

		String auth(String password);

		String quit();

		String shutdown();

		String wait(int replicas, int millis);

		@Command("client reply OFF")
		String silent();

		@Command("CLIENT SETNAME ?0")
		String name(String name);

	}

	@ParameterizedTest
	@CsvSource({ "subscribe,answers again and again", "blpop,wait", "xread,wait", "multi,EVAL", "watch,EVAL",
			"monitor,answers again", "select,redis.database", "auth,redis.username", "quit,changes the connection",
			"shutdown,stops the server", "silent,changes the connection", "name,redis.client-name" })
	void whatChangesOrBlocksASharedConnectionIsRefused(String method, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> method(Bad.class, method))
			.withMessageContaining(Bad.class.getName() + "." + method)
			.withMessageContaining(reason);
	}

	/** Mistakes. */
	interface Wrong {

		String greet(String name);

		String gte(String key);

		String mget(List<String> keys);

		int mset(Map<String, String> values);

		@Command("SET ?0 ?1 GET")
		Map<String, String> old(String key, String value);

		CompletableFuture<List<String>> incr(String key);

		Flux<Long> exists(String key);

		Optional<Long> type(String key);

		void setPrice(String price);

		@Command("GET ?1")
		String place(String key);

		@Command("GET :nobody")
		String name(@Param("key") String key);

		String get(String key, Timeout timeout);

		String set(String key, Good value);

		Good hgetall(String key);

		Flux<String> hscan();

		@Command("?0 x")
		String nameless(String command);

		@Command("STE ?0 ?1")
		void misspelt(String key, String value);

		String get();

		@Command("HSET ?0 field")
		long hset(String key);

	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					greet    | is no command of Redis that Lettuce knows
					gte      | (expected: a method named like a command, such as get; or @Command
					mget     | result: java.lang.String (expected: a List, Set, Map or Flux, since MGET is answered with a list)
					mset     | result: int (expected: void, boolean or String, since MSET is answered with the word OK)
					old      | result: java.util.Map<java.lang.String, java.lang.String> (expected: a single value, such as
					incr     | result: java.util.List<java.lang.String> (expected: a number, boolean or void, since INCR
					exists   | result: Flux (expected: a single result, since EXISTS is answered with a number)
					type     | result: java.util.Optional<java.lang.Long> (expected: void, boolean or String
					setPrice | SET PRICE' is no command of Redis that Lettuce knows
					place    | (expected: one of 1 parameters
					name     | or by name, one of [key]
					get      | parameter Timeout of Lettuce
					set      | (expected: a text, a number
					hgetall  | a codec of values, which a Spring application has with org.springframework.boot:spring-boot-starter-jackson
					hscan    | without a key
					nameless | a command that begins with its name
					misspelt | @Command: 'STE' is no command of Redis that Lettuce knows (expected: a command, such as
					hset     | arguments of HSET: 2 (expected: at least 3; parameters of the method, or words of its @Command)
					""")
	void mistakesAreToldWithTheRemedy(String method, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> method(Wrong.class, method)).withMessageContaining(text);
	}

	/** Too little. */
	interface TooShort {

		String get();

		void set(String key);

	}

	@Test
	void allMethodsThatAreNotRightAreToldAtOnce() {
		assertThatExceptionOfType(UnfitInterfaceException.class).isThrownBy(() -> this.contract.bind(TooShort.class))
			.withMessageContaining("TooShort.get: arguments of GET: 0 (expected: at least 1;")
			.withMessageContaining("TooShort.set: arguments of SET: 1 (expected: at least 2;")
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(TooShort.class));
	}

	@Test
	void anArgumentThatIsNullIsToldByItsPlace() {
		RedisMethod ttl = method(Fitting.class, "ttl");
		assertThatIllegalArgumentException().isThrownBy(() -> ttl.encode(new Object[] { null }, 1024))
			.withMessage("argument 1 of TTL: null (expected: a value)");
	}

	/** What may fit is not refused, whatever it is for. */
	interface Fitting {

		@Command("JSON.GET ?0")
		String json(String key);

		@Command("NEWER ?0")
		@CommandNaming
		String newer(String key);

		long del(List<String> keys);

		long sadd(String key, String... values);

		boolean set(String key, String value);

		@Command("SET ?0 ?1")
		String setText(String key, String value);

		@Command("SET ?0 ?1 GET")
		Long exchanged(String key, long value);

		Long set(String key, String value, SetArgs how);

		Optional<Integer> ttl(String key);

		@Command("GET ?0")
		Thread.State state(String key);

		Object mget(List<String> keys);

		void lrange(String key, int from, int to);

		List<String> keys(String pattern);

		Map<String, Double> zrange(String key, int from, int to, String scores);

		int eval(String script, int keys);

		Flux<String> lpop(String key, int count);

	}

	@Test
	void resultsThatMayFitAreNotRefused() {
		assertThat(this.contract.bind(Fitting.class)).hasSize(16);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUBSCRIBE", "xread", "client reply", " " })
	void anyCommandIsJudgedWhenItIsCalled(String command) {
		RedisMethod any = method(ScalesRedisClient.class, "text");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> any.encode(new Object[] { command, new Object[] { "BLOCK", "0" } }, 1024));
	}

	private String encoded(String method, Object... arguments) {
		return text(method(Good.class, method).encode(arguments, 4096));
	}

	private RedisMethod method(Class<?> type, String name) {
		List<Method> named = List.of(type.getMethods())
			.stream()
			.filter((method) -> method.getName().equals(name))
			.toList();
		return this.contract.bind(named.get(0).getDeclaringClass(), named).get(named.get(0));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
