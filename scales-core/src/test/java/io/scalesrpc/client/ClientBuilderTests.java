package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Peers;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.discovery.StaticServerSet;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.metrics.RecentAttempts;
import io.scalesrpc.pool.ConnectionSettings;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class ClientBuilderTests {

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void theNameIsThatOfTheInterfaceInLowerCase() {
		try (ClientHandle<Sums> handle = ScalesClients.builder(Sums.class)
			.uri("tcp://127.0.0.1:9090")
			.protocol(this.fixture.protocol)
			.build()) {
			assertThat(handle.name()).isEqualTo("sums");
			assertThat(handle.protocol()).isEqualTo("fake");
		}
	}

	@Test
	void aClientIsOfAnInterface() {
		assertThatIllegalArgumentException().isThrownBy(() -> ScalesClients.builder(String.class))
			.withMessage("type: java.lang.String (expected: an interface)");
	}

	@Test
	void settingsOutOfTheirRangeAreRefusedAtOnce() {
		refused((b) -> b.name(" "), "name: ' ' (expected: not blank)");
		refused((b) -> b.timeout(Duration.ZERO), "timeout: PT0S (expected: > 0 and at most 1 day)");
		refused((b) -> b.timeout(Duration.ofDays(2)), "timeout: PT48H (expected: > 0 and at most 1 day)");
		refused((b) -> b.connectTimeout(Duration.ofMillis(-1)),
				"connectTimeout: PT-0.001S (expected: > 0 and at most 1 day)");
		refused((b) -> b.methodTimeout("add", Duration.ZERO),
				"methodTimeout add: PT0S (expected: > 0 and at most 1 day)");
		refused((b) -> b.closeGrace(Duration.ofMillis(-1)), "closeGrace: PT-0.001S (expected: 0 to 1 day)");
		refused((b) -> b.uri("localhost"), "uri: localhost (expected: scheme://host:port[,host:port]...[/path][#name],"
				+ " for example tcp://localhost:9090)");
	}

	@Test
	void aClientNeedsMembers() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(Sums.class).protocol(this.fixture.protocol).build())
			.withMessage("uri: none (expected: where the members are, for example tcp://localhost:9090)");
	}

	@Test
	void anUnknownSchemeListsTheKnownOnes() {
		refusedByBuild((b) -> b.uri("zookeeper://zk1:2181"),
				"uri: zookeeper://zk1:2181 (expected: a scheme of [curator, dns, http, https, srv, tcp, zk])");
	}

	@Test
	void aUriAndAServerSetExcludeEachOther() {
		refusedByBuild((b) -> b.serverSet(new StaticServerSet(List.of())),
				"uri: tcp://127.0.0.1:9090 (expected: none beside a serverSet)");
	}

	@Test
	void peersOfAnUnknownSchemeAreRefusedAndNothingIsLeftBehind() {
		RecordingSet set = new RecordingSet();
		BalancerSettings settings = BalancerSettings.of(BalancerType.DETERMINISTIC_APERTURE)
			.withPeers(Peers.of("zookeeper://zk1:2181", "shop:8080"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(Sums.class)
				.serverSet(set)
				.protocol(this.fixture.protocol)
				.balancer(settings)
				.build())
			.withMessage(
					"peers: zookeeper://zk1:2181 (expected: a scheme of [curator, dns, http, https, srv, tcp, zk])");
		assertThat(set.closed).isTrue();
	}

	@Test
	void theClientsOfOneRegistryDivideTheMembersAndCloseThatToo() {
		String servers = IntStream.rangeClosed(1, 100).mapToObj((n) -> "127.0.0.1:" + n).collect(joining(","));
		PeerSets sets = new PeerSets();
		this.fixture.builder.uri("tcp://" + servers)
			.serverSetProvider(sets)
			.balancer(BalancerSettings.of(BalancerType.DETERMINISTIC_APERTURE)
				.withPeers(Peers.of("peers://shop", "shop-3:8080")));
		ClientHandle<Sums> handle = this.fixture.build();
		this.fixture.time.advance(Duration.ofSeconds(5));
		assertThat(handle.view().members().stream().filter(MemberView::active)).hasSize(20);
		handle.close();
		assertThat(sets.set.closed).isTrue();
	}

	@Test
	void otherBalancersLeavePeersAlone() {
		PeerSets sets = new PeerSets();
		this.fixture.builder.serverSetProvider(sets)
			.balancer(BalancerSettings.of(BalancerType.HEAP).withPeers(Peers.of("peers://shop", "shop-3:8080")));
		this.fixture.build();
		assertThat(sets.made).isZero();
	}

	@Test
	void anUnknownProtocolListsTheKnownOnes() {
		refusedByBuild((b) -> b.protocol("smtp"),
				"protocol: smtp (expected: one of [http, kafka, redis, thrift, thrift-http, thriftmux])");
	}

	@Test
	void anUnknownMethodListsTheKnownOnes() {
		refusedByBuild((b) -> b.methodTimeout("plus", Duration.ofSeconds(1)),
				"methodTimeout: plus (expected: one of " + "[add, addAsync, boxed, mono, ping, stage, undeclared])");
	}

	@Test
	void anUnknownOptionIsRefusedAndNothingIsLeftBehind() {
		RecordingSet set = new RecordingSet();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(Sums.class)
				.serverSet(set)
				.protocol(this.fixture.protocol)
				.option("no-such", "1")
				.build())
			.withMessage("option: no-such (expected: none)");
		assertThat(set.closed).isTrue();
	}

	@Test
	void optionsAndLimitsReachTheProtocol() {
		this.fixture.builder.option("client-id", "me").connectTimeout(Duration.ofMillis(7));
		this.fixture.build();
		assertThat(this.fixture.protocol.environment()).satisfies((environment) -> {
			assertThat(environment.client()).isEqualTo("calculator");
			assertThat(environment.options()).containsOnly(Map.entry("client-id", "me"));
			assertThat(environment.connector().connectTimeout()).hasMillis(7);
		});
	}

	@Test
	void aProviderOfTheUserServesItsScheme() {
		this.fixture.builder.uri("mine://x").serverSetProvider(new ServerSetProvider() {

			@Override
			public String scheme() {
				return "mine";
			}

			@Override
			public ServerSet create(ServerSetUri uri) {
				return new StaticServerSet(List.of(Member.of("127.0.0.1", 1), Member.of("127.0.0.1", 2)));
			}

		});
		assertThat(this.fixture.build().view().members()).extracting(MemberView::address)
			.containsExactly("127.0.0.1:1", "127.0.0.1:2");
	}

	@Test
	void anOptionOfAnUnknownMethodListsTheKnownOnes() {
		CallOptions.Key<Integer> key = new CallOptions.Key<>("size", 1);
		refusedByBuild((b) -> b.methodOption("plus", key, 2),
				"methodOption: plus (expected: one of [add, addAsync, boxed, mono, ping, stage, undeclared])");
	}

	@Test
	void theViewShowsSettingsMembersAndCallsInFlight() {
		ClientHandle<Sums> handle = this.fixture.build();
		handle.proxy().addAsync(1, 2);
		this.fixture.sent(0);
		ClientView view = handle.view();
		assertThat(view.name()).isEqualTo("calculator");
		assertThat(view.protocol()).isEqualTo("fake");
		assertThat(view.uri()).isEqualTo("tcp://127.0.0.1:9090");
		assertThat(view.source()).isEqualTo(SourceStatus.CURRENT);
		assertThat(view.state()).isEqualTo(SinkState.OPEN);
		assertThat(view.pending()).isEqualTo(1);
		assertThat(view.members()).containsExactly(
				new MemberView("127.0.0.1:9090", "", 1, SinkState.OPEN, 1, true, "", null, 1, RecentAttempts.NONE));
		assertThat(view.settings()).isEqualTo(new ClientSettings(Duration.ofSeconds(10), Duration.ofSeconds(1),
				Duration.ZERO, ConnectMode.LAZY, BalancerSettings.of(BalancerType.APERTURE),
				MemberBreakerSettings.DEFAULT, ThrottlingSettings.DEFAULT, ConcurrencyLimitSettings.NONE,
				RetryBudgetSettings.DEFAULT, null, ConnectionSettings.DEFAULT, TransportLimits.DEFAULT, null,
				Callbacks.EXECUTOR, AccessLogSettings.OFF, Map.of(), CallOptions.NONE, Map.of(), Map.of()));
		assertThat(handle).hasToString("calculator (fake to tcp://127.0.0.1:9090)");
	}

	@Test
	void theSettingsHaveNoMachinery() {
		this.fixture.builder.callOption(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT)
			.methodOption("add", CircuitBreakerSettings.KEY, CircuitBreakerSettings.OFF);
		ClientSettings settings = this.fixture.build().view().settings();
		assertThat(settings.options())
			.isEqualTo(CallOptions.of(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT));
		assertThat(settings.methodOptions())
			.isEqualTo(Map.of("add", CallOptions.of(CircuitBreakerSettings.KEY, CircuitBreakerSettings.OFF)));
	}

	@Test
	void everyStageHasASetter() {
		RetrySettings twice = RetrySettings.DEFAULT.withMaxAttempts(2);
		this.fixture.builder.retry(twice)
			.idempotent(true)
			.hedging(HedgingSettings.DEFAULT)
			.circuitBreaker(CircuitBreakerSettings.DEFAULT)
			.attemptTimeout(Duration.ofSeconds(1))
			.method("add",
					(add) -> add.timeout(Duration.ofSeconds(2))
						.attemptTimeout(Duration.ofSeconds(2))
						.idempotent(false)
						.retry(RetrySettings.OFF)
						.hedging(HedgingSettings.OFF)
						.circuitBreaker(CircuitBreakerSettings.OFF)
						.cache(CacheSettings.OFF)
						.chaos(ChaosSettings.OFF));
		ClientSettings settings = this.fixture.build().view().settings();
		assertThat(settings.options()).isEqualTo(CallOptions.of(RetrySettings.KEY, twice)
			.with(Idempotence.KEY, true)
			.with(HedgingSettings.KEY, HedgingSettings.DEFAULT)
			.with(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT)
			.with(AttemptTimeout.KEY, new AttemptTimeout(Duration.ofSeconds(1))));
		assertThat(settings.methodTimeouts()).isEqualTo(Map.of("add", Duration.ofSeconds(2)));
		assertThat(settings.methodOptions()).isEqualTo(Map.of("add",
				CallOptions.of(AttemptTimeout.KEY, new AttemptTimeout(Duration.ofSeconds(2)))
					.with(Idempotence.KEY, false)
					.with(RetrySettings.KEY, RetrySettings.OFF)
					.with(HedgingSettings.KEY, HedgingSettings.OFF)
					.with(CircuitBreakerSettings.KEY, CircuitBreakerSettings.OFF)
					.with(CacheSettings.KEY, CacheSettings.OFF)
					.with(ChaosSettings.KEY, ChaosSettings.OFF)));
	}

	@Test
	void aMethodIsMeantByItsLettersAndDigits() {
		this.fixture.builder.methodTimeout("ADD-async", Duration.ofSeconds(1))
			.methodOption("add_async", Idempotence.KEY, true);
		ClientSettings settings = this.fixture.build().view().settings();
		assertThat(settings.methodTimeouts()).containsOnlyKeys("addAsync");
		assertThat(settings.methodOptions()).containsOnlyKeys("addAsync");
	}

	@Test
	void anAttemptCannotBeAllowedMoreThanItsCall() {
		this.fixture.builder.timeout(Duration.ofSeconds(1))
			.callOption(AttemptTimeout.KEY, new AttemptTimeout(Duration.ofSeconds(2)));
		assertThatIllegalArgumentException().isThrownBy(this.fixture::build)
			.withMessage("attempt-timeout: PT2S (expected: at most timeout, which is PT1S)");
	}

	@Test
	void aSchemeStandsOnceBeforeTheList() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.builder.uri("tcp://h1:1,tcp://h2:2"))
			.withMessage("uri: tcp://h1:1,tcp://h2:2 (expected: the scheme once, before the list: tcp://h1:1,h2:2)");
	}

	@Test
	void theSourceOfMembersIsSeenInTheViewAndInMeters() {
		SourceStatus[] status = { SourceStatus.UNKNOWN };
		this.fixture.builder.uri("told://here").serverSetProvider(new ServerSetProvider() {

			@Override
			public String scheme() {
				return "told";
			}

			@Override
			public ServerSet create(ServerSetUri uri) {
				return new ToldServerSet(status);
			}

		});
		ClientHandle<Sums> handle = this.fixture.build();
		assertThat(handle.view().source()).isEqualTo(SourceStatus.UNKNOWN);
		assertThat(this.fixture.meters.get(MeterNames.DISCOVERY_AGE).gauge().value()).isNaN();
		status[0] = new SourceStatus(Duration.ofMillis(1500), "lost", 3);
		assertThat(handle.view().source()).isEqualTo(status[0]);
		assertThat(this.fixture.meters.get(MeterNames.DISCOVERY_AGE).gauge().value()).isEqualTo(1.5);
		assertThat(this.fixture.meters.get(MeterNames.DISCOVERY_BAD_MEMBERS).gauge().value()).isEqualTo(3);
	}

	/** A source that never tells a member. <em>Immutable</em>. */
	private record ToldServerSet(SourceStatus[] told) implements ServerSet {

		@Override
		public void watch(Consumer<List<Member>> watcher) {
			// nobody is told
		}

		@Override
		public SourceStatus status() {
			return this.told[0];
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

	private void refused(Consumer<ClientBuilder<Sums>> setting, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> setting.accept(ScalesClients.builder(Sums.class)))
			.withMessage(text);
	}

	private void refusedByBuild(Consumer<ClientBuilder<Sums>> setting, String text) {
		setting.accept(this.fixture.builder);
		assertThatIllegalArgumentException().isThrownBy(this.fixture.builder::build).withMessage(text);
	}

	/** A set that tells one list or nothing. */
	private static final class RecordingSet implements ServerSet {

		private final @Nullable List<Member> members;

		private volatile boolean closed;

		RecordingSet() {
			this(null);
		}

		RecordingSet(@Nullable List<Member> members) {
			this.members = members;
		}

		@Override
		public void watch(Consumer<List<Member>> watcher) {
			if (this.members != null) {
				watcher.accept(this.members);
			}
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

	/** Ten clients. <em>Confined to the test's thread.</em> */
	private static final class PeerSets implements ServerSetProvider {

		private final RecordingSet set = new RecordingSet(
				IntStream.range(0, 10).mapToObj((n) -> Member.of("shop-" + n, 8080)).toList());

		private int made;

		@Override
		public String scheme() {
			return "peers";
		}

		@Override
		public ServerSet create(ServerSetUri uri) {
			this.made++;
			return this.set;
		}

	}

}
