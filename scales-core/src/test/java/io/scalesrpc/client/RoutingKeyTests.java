package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.call.RoutingKey;
import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Keys of parameters and of callers, from the proxy to the member. */
@Sockets
class RoutingKeyTests {

	private static final OptionalLong SEVEN = RoutingHash.of("7");

	private final Fixture fixture = new Fixture();

	@BeforeEach
	void answer() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.fixture.builder.uri("tcp://10.0.0.1:1,10.0.0.2:1,10.0.0.3:1,10.0.0.4:1,10.0.0.5:1")
			.balancer(BalancerType.HASH);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private Users client() {
		return this.fixture.build().proxy(Users.class);
	}

	private List<OptionalLong> keys() {
		return this.fixture.protocol.calls().stream().map((call) -> call.options().get(RoutingHash.KEY)).toList();
	}

	@Test
	void methodsOfEveryKindHaveThem() {
		Users users = client();
		users.load("7");
		users.second(1, 7);
		users.first(CallOptions.NONE, 7L);
		users.last(7, null);
		users.future("7").join();
		users.mono("7").block();
		assertThat(keys()).hasSize(6).containsOnly(SEVEN);
		assertThat(this.fixture.protocol.calls()).extracting(Call::target).containsOnly(onlyTarget());
	}

	@Test
	void keysAreSpreadOverTheMembersAndEachStaysWhereItIs() {
		Users users = client();
		for (int round = 0; round < 3; round++) {
			IntStream.range(0, 100).forEach((i) -> users.load("user-" + i));
		}
		Map<OptionalLong, List<Object>> targets = this.fixture.protocol.calls()
			.stream()
			.collect(Collectors.groupingBy((call) -> call.options().get(RoutingHash.KEY),
					Collectors.mapping(Call::target, Collectors.toList())));
		assertThat(targets).hasSize(100);
		assertThat(targets.values()).allSatisfy((of) -> assertThat(of).hasSize(3).containsOnly(of.get(0)));
		assertThat(targets.values().stream().map((of) -> of.get(0)).distinct()).hasSize(5);
	}

	@Test
	void whatACallerSaysComesFirst() {
		Users users = client();
		users.last(1, CallOptions.NONE.withRoutingKey("7"));
		CallOptions.NONE.withRoutingKey(7).run(() -> {
			users.load("1");
			users.plain(1);
			users.mono("1").block();
		});
		assertThat(keys()).hasSize(4).containsOnly(SEVEN);
	}

	@Test
	void withoutAKeyACallGoesAnywhere() {
		Users users = client();
		users.load(null);
		users.load("");
		users.plain(1);
		assertThat(keys()).hasSize(3).containsOnly(OptionalLong.empty());
	}

	@Test
	void anotherAttemptGoesToAnotherMemberTheSameForAllCallsOfTheKey() {
		this.fixture.builder.idempotent(true);
		Users users = client();
		users.load("7");
		Object owner = onlyTarget();
		this.fixture.protocol.connections.clear();
		this.fixture.protocol.answering(
				(call) -> call.end(owner.equals(call.target()) ? Failure.of(FailureKind.REMOTE, "no") : Reply.of(4)));
		this.fixture.builder.name("again");
		Users again = client();
		CompletableFuture<Integer> one = again.future("7");
		Fixture.await(() -> {
			this.fixture.time.advance(Duration.ofMillis(10));
			return one.isDone();
		});
		assertThat(one.join()).isEqualTo(4);
		assertThat(this.fixture.protocol.calls()).extracting(Call::target)
			.hasSize(2)
			.contains(owner)
			.doesNotHaveDuplicates();
	}

	@Test
	void anotherBalancerReadsNoneAndRefusesThatOfAParameterAlone() {
		this.fixture.builder.balancer(BalancerType.APERTURE);
		Users users = client();
		users.load("7");
		assertThat(keys()).containsExactly(OptionalLong.empty());
		CallOptions.NONE.withRoutingKey(7).run(() -> users.plain(1));
		assertThatExceptionOfType(InternalCallException.class)
			.isThrownBy(() -> users.last(1, CallOptions.NONE.withRoutingKey(7)))
			.withMessageContaining("routing-key: set (expected: none in the options of a call; the balancer reads none;"
					+ " one of type hash does)");
		assertThat(this.fixture.protocol.calls()).hasSize(2);
	}

	@Test
	void whatCannotBeAKeyIsRefused() {
		ClientHandle<Sums> handle = this.fixture.build();
		assertThatIllegalArgumentException().isThrownBy(() -> handle.proxy(OfList.class))
			.withMessage(OfList.class.getName() + ".load: a routing key of type java.util.List (expected: "
					+ RoutingHash.EXPECTED + ")");
		assertThatIllegalArgumentException().isThrownBy(() -> handle.proxy(OfTwo.class))
			.withMessage(OfTwo.class.getName() + ".load: two parameters with @RoutingKey (expected: one)");
		assertThatIllegalArgumentException().isThrownBy(() -> handle.proxy(OfOptions.class))
			.withMessageContaining(".load: a routing key of type io.scalesrpc.call.CallOptions");
	}

	@Test
	void aProtocolThatHasNoKeysRefusesThem() {
		ClientBuilder<ScalesRedisClient> redis = ScalesClients.builder(ScalesRedisClient.class)
			.uri("tcp://127.0.0.1:1")
			.protocol(new RedisProtocol());
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> redis.balancer(BalancerType.HASH).build())
			.withMessage("balancer.type: hash (expected: another one with protocol redis: servers are chosen by their"
					+ " roles, and every replica has every key)");
		try (ClientHandle<ScalesRedisClient> handle = redis.balancer(BalancerType.APERTURE).build()) {
			assertThatIllegalArgumentException().isThrownBy(() -> handle.proxy(OfRedis.class))
				.withMessageContaining("OfRedis.get: @RoutingKey (expected: none with protocol redis: servers are");
		}
	}

	private Object onlyTarget() {
		return this.fixture.protocol.calls().get(0).target();
	}

	/** Methods of every style. */
	interface Users {

		int load(@RoutingKey String id);

		int second(int other, @RoutingKey int id);

		int first(CallOptions options, @RoutingKey long id);

		int last(@RoutingKey int id, CallOptions options);

		CompletableFuture<Integer> future(@RoutingKey String id);

		Mono<Integer> mono(@RoutingKey String id);

		int plain(int id);

	}

	/** A list has no text of its own. */
	interface OfList {

		int load(@RoutingKey List<String> ids);

	}

	/** Two keys. */
	interface OfTwo {

		int load(@RoutingKey String id, @RoutingKey String other);

	}

	/** No argument. */
	interface OfOptions {

		int load(@RoutingKey CallOptions options);

	}

	/** A command with a key that is none of these. */
	interface OfRedis {

		byte[] get(@RoutingKey String key);

	}

}
