package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.observation.DefaultScalesClientObservationConvention;
import io.scalesrpc.observation.DefaultScalesServerObservationConvention;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.observation.ScalesClientObservationContext;
import io.scalesrpc.observation.ScalesServerObservationConvention;
import io.scalesrpc.observation.ServerObservations;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.EchoPeer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What observations of calls are told. */
@Sockets
class ObservationWiringTests {

	private static final String MEMBER = "127.0.0.1:9090";

	private final Fixture fixture = new Fixture();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Recorder recorder = new Recorder();

	ObservationWiringTests() {
		this.registry.observationConfig().observationHandler(this.recorder);
		this.fixture.builder.observations(ObservationSettings.of(this.registry));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void failing() {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
	}

	private static void join(CompletableFuture<?> future) {
		future.exceptionally((ex) -> null).join();
	}

	@Test
	void theStageIsOnTopAndOnlyWhereThereIsARegistry() {
		this.fixture.builder.stack((stack) -> assertThat(stack.roles()).startsWith(Role.OBSERVATION, Role.METRICS)
			.doesNotContain(Role.ATTEMPT_OBSERVATION));
		this.fixture.build();
		try (Fixture other = new Fixture()) {
			other.builder.observations(ObservationSettings.of(ObservationRegistry.NOOP))
				.stack((stack) -> assertThat(stack.roles()).startsWith(Role.METRICS));
			other.build();
		}
	}

	@Test
	void aRegistryWithoutHandlersHasNothingToDoWithACall() {
		try (Fixture other = new Fixture()) {
			other.builder.observations(ObservationSettings.of(ObservationRegistry.create()));
			other.client().addAsync(1, 2);
			assertThat(other.sent(0).scope()).isNull();
		}
	}

	@Test
	void aCallIsObservedFromItsBeginningToItsEnd() {
		CompletableFuture<Integer> sum = this.fixture.client().addAsync(1, 2);
		Call call = this.fixture.sent(0);
		assertThat(this.recorder.told).containsExactly("start scales.client", "attempt 1: " + MEMBER);
		call.end(Reply.of(3));
		sum.join();
		assertThat(this.recorder.told).endsWith("stop com.acme.Sums/add none");
	}

	@Test
	void aDeclaredExceptionIsNoError() {
		this.fixture.protocol.answering((call) -> call.end(Failure.declared(new TooBigException(7))));
		join(this.fixture.client().addAsync(1, 2));
		assertThat(this.recorder.told).endsWith("stop com.acme.Sums/add none");
	}

	@Test
	void aFailureIsAnErrorOfItsKind() {
		join(this.fixture.client().addAsync(1, 2).orTimeout(1, TimeUnit.MILLISECONDS));
		Fixture.await(() -> this.recorder.told.stream().anyMatch((text) -> text.startsWith("stop")));
		assertThat(this.recorder.told).contains("error CallCancelledException")
			.endsWith("stop com.acme.Sums/add cancelled");
	}

	@Test
	void aRetryThatTheBudgetForbidsIsTold() {
		failing();
		this.fixture.builder.methodOption("add", Idempotence.KEY, true)
			.retryBudget(new RetryBudgetSettings(0, 0, Duration.ofSeconds(10)));
		join(this.fixture.client().addAsync(1, 2));
		assertThat(this.recorder.told).contains("retry.refused: the budget is spent");
	}

	@Test
	void anOpenCircuitBreakerIsTold() {
		failing();
		this.fixture.builder.callOption(RetrySettings.KEY, RetrySettings.OFF)
			.callOption(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT.withFailMax(1));
		Sums client = this.fixture.client();
		join(client.addAsync(1, 2));
		this.recorder.told.clear();
		join(client.addAsync(1, 2));
		assertThat(this.recorder.told).hasSize(4)
			.element(1)
			.asString()
			.startsWith("circuit.breaker: ")
			.contains("open");
		assertThat(this.recorder.told).endsWith("stop com.acme.Sums/add not_sent");
	}

	@Test
	void whoseFailureTookAMemberOutIsTold() {
		failing();
		this.fixture.builder.callOption(RetrySettings.KEY, RetrySettings.OFF)
			.memberBreaker(MemberBreakerSettings.DEFAULT.withConsecutiveFailures(2))
			.uri("tcp://127.0.0.1:9090,127.0.0.1:9091,127.0.0.1:9092");
		Sums client = this.fixture.client();
		for (int i = 0; i < 6; i++) {
			join(client.addAsync(1, 2));
		}
		assertThat(this.recorder.told).contains("member.ejected: 2 failures in a row");
	}

	@Test
	void aHedgeIsToldAndWhatTheLoserDoesIsNot() {
		this.fixture.builder.uri("tcp://127.0.0.1:9091,127.0.0.1:9092,127.0.0.1:9093")
			.callOption(HedgingSettings.KEY, HedgingSettings.DEFAULT.withMaxExtraLoad(0.1))
			.callOption(Idempotence.KEY, true);
		Sums client = this.fixture.client();
		for (int i = 0; i < 400; i++) {
			CompletableFuture<Integer> sum = client.addAsync(1, 2);
			Call call = running(1).get(0);
			this.fixture.time.advance(Duration.ofMillis(10));
			call.end(Reply.of(3));
			sum.join();
		}
		this.recorder.told.clear();
		CompletableFuture<Integer> sum = client.addAsync(1, 2);
		Call first = running(1).get(0);
		this.fixture.time.advance(Duration.ofMillis(15));
		running(2).stream().filter((call) -> !call.equals(first)).findFirst().orElseThrow().end(Reply.of(3));
		sum.join();
		assertThat(this.recorder.told).hasSize(5).element(2).asString().startsWith("hedge: ");
		assertThat(this.recorder.told.get(3)).startsWith("attempt 2: ");
		assertThat(this.recorder.told).endsWith("stop com.acme.Sums/add none");
	}

	private List<Call> running(int count) {
		Fixture.await(() -> unended().size() == count);
		return unended();
	}

	private List<Call> unended() {
		return this.fixture.protocol.calls().stream().filter((call) -> !call.isEnded()).toList();
	}

	@Test
	void aHandlerThatFailsCostsNoCall() {
		this.registry.observationConfig().observationHandler(new Broken());
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		assertThat(this.fixture.client().boxed(1)).isEqualTo(3);
	}

	@Test
	void anObservationEndsThoughAHandlerFailsAtItsError() {
		this.registry.observationConfig().observationHandler(new BrokenAtErrors());
		failing();
		assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> this.fixture.client().boxed(1));
		assertThat(this.recorder.told).last().asString().startsWith("stop ");
	}

	@Test
	void aHandlerThatFailsCostsNoCallThatIsServed() throws Exception {
		this.registry.observationConfig().observationHandler(new BrokenAfterStart());
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.port(0)
			.service(PeerService.class, new EchoPeer())
			.observations(new ServerObservations(this.registry, null))
			.build()
			.start();
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.uri("tcp://localhost:" + server.port())
					.build()) {
			assertThat(client.proxy().add(2, 40)).isEqualTo(42);
		}
	}

	@Test
	void aConventionOrAPredicateThatFailsCostsNoCall() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.fixture.builder
			.observations(new ObservationSettings(this.registry, new DefaultScalesClientObservationConvention() {
				@Override
				public KeyValues getLowCardinalityKeyValues(ScalesClientObservationContext context) {
					throw new IllegalStateException("keys");
				}
			}, true));
		assertThat(this.fixture.client().boxed(1)).isEqualTo(3);
		this.registry.observationConfig().observationPredicate((name, context) -> {
			throw new IllegalStateException("predicate");
		});
		assertThat(this.fixture.client().boxed(1)).isEqualTo(3);
	}

	@Test
	void aConventionOrAPredicateThatFailsCostsNoCallThatIsServed() throws Exception {
		this.registry.observationConfig().observationPredicate((name, context) -> {
			throw new IllegalStateException("predicate");
		});
		assertThat(served(null)).isEqualTo(42);
		assertThat(served(new DefaultScalesServerObservationConvention() {
			@Override
			public String getName() {
				throw new IllegalStateException("name");
			}
		})).isEqualTo(42);
	}

	private int served(@Nullable ScalesServerObservationConvention convention) throws Exception {
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.service(PeerService.class, new EchoPeer())
			.observations(new ServerObservations(this.registry, convention))
			.build()
			.start();
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.uri("tcp://localhost:" + server.port())
					.build()) {
			return client.proxy().add(2, 40);
		}
	}

	@Test
	void whoHadBegunIsToldOfTheEndWhenAnotherFailsAtTheBeginning() {
		this.registry.observationConfig().observationHandler(new Broken());
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		assertThat(this.fixture.client().boxed(1)).isEqualTo(3);
		assertThat(this.recorder.told).hasSize(2).first().isEqualTo("start scales.client");
		assertThat(this.recorder.told).last().asString().startsWith("stop ");
	}

	/** Notes what it is told. <em>Thread-safe</em>. */
	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@Override
		public void onStart(Observation.Context context) {
			this.told.add("start " + context.getName());
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			this.told.add(event.getContextualName());
		}

		@Override
		public void onError(Observation.Context context) {
			Throwable error = context.getError();
			this.told.add("error " + ((error != null) ? error.getClass().getSimpleName() : ""));
		}

		@Override
		public void onStop(Observation.Context context) {
			KeyValue error = context.getLowCardinalityKeyValue("error.type");
			this.told.add("stop " + context.getContextualName() + " " + ((error != null) ? error.getValue() : ""));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/** Fails at errors. <em>Stateless</em>. */
	private static final class BrokenAtErrors implements ObservationHandler<Observation.Context> {

		@Override
		public void onError(Observation.Context context) {
			throw new IllegalStateException("error");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/** Fails once an observation has started. <em>Stateless</em>. */
	private static final class BrokenAfterStart implements ObservationHandler<Observation.Context> {

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw new IllegalStateException("scope");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("stop");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/** Fails at everything. <em>Stateless</em>. */
	private static final class Broken implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("start");
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			throw new IllegalStateException("event");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
