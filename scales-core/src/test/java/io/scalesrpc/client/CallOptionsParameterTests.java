package io.scalesrpc.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What callers say of single calls, by a parameter and around them. */
@Sockets
class CallOptionsParameterTests {

	private static final CallOptions QUICK = CallOptions.timeout(Duration.ofMillis(30));

	private final Fixture fixture = new Fixture();

	private volatile Map<String, String> unheeded = Map.of();

	private final FakeProtocol protocol = new FakeProtocol() {

		@Override
		public Map<String, String> unheeded(Map<String, String> options) {
			return CallOptionsParameterTests.this.unheeded;
		}

	};

	private Choosing client;

	@BeforeEach
	void answer() {
		this.protocol.answering((call) -> call.end(Reply.of(3)));
	}

	@AfterEach
	void close() {
		InboundRequest.current(null);
		this.fixture.close();
	}

	private Choosing client() {
		this.client = this.fixture.builder.protocol(this.protocol).build().proxy(Choosing.class);
		return this.client;
	}

	private Call onlyCall() {
		assertThat(this.protocol.calls()).hasSize(1);
		return this.protocol.calls().get(0);
	}

	private void assertQuick(Object... arguments) {
		assertThat(onlyCall().deadline().timeoutNanos()).isEqualTo(30_000_000);
		assertThat(onlyCall().deadline().inherited()).isFalse();
		assertThat(onlyCall().arguments()).containsExactly(arguments);
	}

	@Test
	void aBlockingMethodTakesThemLast() {
		client().add(1, 2, QUICK);
		assertQuick(1, 2);
	}

	@Test
	void andFirst() {
		client().first(QUICK, 1);
		assertQuick(1);
	}

	@Test
	void aFutureTakesThem() {
		assertThat(client().future(1, QUICK).join()).isEqualTo(3);
		assertQuick(1);
	}

	@Test
	void aMonoTakesThem() {
		assertThat(client().mono(1, QUICK).block()).isEqualTo(3);
		assertQuick(1);
	}

	@Test
	void nullIsNothing() {
		client().add(1, 2, null);
		assertThat(onlyCall().deadline().timeoutNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
		assertThat(onlyCall().arguments()).containsExactly(1, 2);
	}

	@Test
	void allThatIsSaidIsOnTheCall() {
		this.fixture.builder.attemptTimeout(Duration.ofSeconds(1)).idempotent(false);
		client().add(1, 2, CallOptions.NONE.withHeader("tenant", "acme").withIdempotent(true).withClientId("shop"));
		assertThat(onlyCall().context().get("Tenant")).isEqualTo("acme".getBytes(StandardCharsets.UTF_8));
		assertThat(onlyCall().options().get(Idempotence.KEY)).isTrue();
		assertThat(onlyCall().options().clientId()).isEqualTo("shop");
		assertThat(onlyCall().options().get(AttemptTimeout.KEY).duration()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void whatIsAroundHoldsForMethodsWithoutAParameterAndGivesWayToOne() {
		Choosing choosing = client();
		CallOptions.timeout(Duration.ofMillis(50)).withHeader("a", "1").run(() -> {
			choosing.add(1, 2);
			choosing.add(1, 2, QUICK);
			choosing.plainMono(1).block();
		});
		choosing.add(1, 2);
		assertThat(this.protocol.calls()).extracting((call) -> call.deadline().timeoutNanos() / 1_000_000)
			.containsExactly(50L, 30L, 50L, 10_000L);
		assertThat(this.protocol.calls()).extracting((call) -> call.context().size()).containsExactly(1, 1, 1, 0);
	}

	@Test
	void aMonoKeepsWhatWasAroundTheMethodWhereverItIsSubscribedTo() {
		Choosing choosing = client();
		Mono<Integer> mono = QUICK.call(() -> choosing.plainMono(1));
		mono.block();
		assertQuick(1);
	}

	@Test
	void aTimeoutIsBoundedByTheRequestBeingServedUnlessTheCallIsDetached() {
		InboundRequest.current(new InboundRequest(Deadline.after(Duration.ofMillis(20), this.fixture.time.nanos()), 1));
		Choosing choosing = client();
		choosing.add(1, 2, QUICK);
		choosing.add(1, 2, CallOptions.detached());
		CallOptions.detached().withTimeout(Duration.ofMillis(30)).run(() -> choosing.add(1, 2));
		assertThat(this.protocol.calls()).extracting((call) -> call.deadline().timeoutNanos() / 1_000_000)
			.containsExactly(20L, 10_000L, 30L);
		assertThat(this.protocol.calls()).extracting((call) -> call.deadline().inherited())
			.containsExactly(true, false, false);
		assertThat(this.protocol.calls()).extracting((call) -> call.options().get(InboundRequest.ATTEMPT))
			.containsExactly(1, 0, 0);
	}

	@Test
	void aTimeoutThatACallerSetsSpeaksAgainstTheServer() {
		client().add(1, 2, QUICK);
		assertThat(onlyCall().blamesServer(Failure.of(FailureKind.TIMEOUT, "no answer"))).isTrue();
	}

	@Test
	void whatTheProtocolCannotDoIsRefusedWhereAParameterSaysIt() {
		this.unheeded = Map.of("header", "no room for it", "member", "it chooses", "client-id", "nobody asks");
		Choosing choosing = client();
		assertThatExceptionOfType(InternalCallException.class)
			.isThrownBy(() -> choosing.add(1, 2, CallOptions.NONE.withHeader("tenant", "secret")))
			.withMessageContaining(
					"Sums.add: header: tenant (expected: none in the options of a call; no room for it)");
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> choosing.future(1, CallOptions.NONE.withMember("a:1")).join())
			.withMessageContaining("member: a:1 (expected: none in the options of a call; it chooses)");
		assertThatExceptionOfType(InternalCallException.class)
			.isThrownBy(() -> choosing.mono(1, CallOptions.NONE.withClientId("shop")).block())
			.withMessageContaining("client-id: shop (expected: none");
		assertThat(this.protocol.calls()).isEmpty();
		choosing.add(1, 2, QUICK);
		CallOptions.NONE.withHeader("tenant", "secret").withMember("10.9.9.9:1").run(() -> choosing.add(1, 2));
		assertThat(this.protocol.calls()).hasSize(2).last().satisfies((call) -> {
			assertThat(call.options().member()).isNull();
			assertThat(call.outcome()).isInstanceOf(Reply.class);
		});
	}

	@Test
	void aFallbackIsGivenWhatTheMethodWas() {
		this.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "no")));
		List<Object> given = new CopyOnWriteArrayList<>();
		Choosing proxy = ClientIntegration.of(this.fixture.builder.protocol(this.protocol).build())
			.proxy(Choosing.class, null,
					new FallbackSettings<>((cause) -> new StandIn(given), FallbackSettings.DEFAULT_ON));
		assertThat(proxy.add(1, 2, QUICK)).isEqualTo(7);
		assertThat(proxy.first(QUICK, 1)).isEqualTo(8);
		assertThat(proxy.future(1, QUICK).join()).isEqualTo(9);
		assertThat(proxy.mono(1, QUICK).block()).isEqualTo(10);
		assertThat(given).containsExactly(QUICK, QUICK, QUICK, QUICK);
	}

	@Test
	void aCallerWithoutAnInterfaceTakesThem() {
		MethodCaller caller = ClientIntegration.of(this.fixture.builder.protocol(this.protocol).build())
			.caller(new TestMethod("any"));
		assertThat(caller.call(1, QUICK)).isEqualTo(3);
		assertQuick(1);
	}

	/** Methods of every style, most of which take options. */
	interface Choosing {

		int add(int a, int b);

		int add(int a, int b, CallOptions options);

		int first(CallOptions options, int a);

		CompletableFuture<Integer> future(int a, CallOptions options);

		Mono<Integer> mono(int a, CallOptions options);

		Mono<Integer> plainMono(int a);

	}

	/**
	 * Notes what it is given.
	 *
	 * @param given where
	 */
	private record StandIn(List<Object> given) implements Choosing {

		@Override
		public int add(int a, int b) {
			return 0;
		}

		@Override
		public int add(int a, int b, CallOptions options) {
			this.given.add(options);
			return 7;
		}

		@Override
		public int first(CallOptions options, int a) {
			this.given.add(options);
			return 8;
		}

		@Override
		public CompletableFuture<Integer> future(int a, CallOptions options) {
			this.given.add(options);
			return CompletableFuture.completedFuture(9);
		}

		@Override
		public Mono<Integer> mono(int a, CallOptions options) {
			this.given.add(options);
			return Mono.just(10);
		}

		@Override
		public Mono<Integer> plainMono(int a) {
			return Mono.empty();
		}

	}

}
