package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.timeout.DeadlineFilter;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.FakeConnection;
import io.scalesrpc.transport.reconnect.ReconnectPace;
import io.scalesrpc.transport.reconnect.ReconnectTerms;
import io.scalesrpc.transport.reconnect.Resurrector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a client connects to members that were down together, while a call comes every ten
 * milliseconds. <em>Confined to the test's thread.</em>
 */
class HealedMembersTests {

	private final FakeTime time = new FakeTime();

	private final long start = this.time.nanos();

	private final Set<Member> down = new HashSet<>();

	private final Map<Member, FakeConnection> connections = new HashMap<>();

	/** When somebody was connected to, in milliseconds, successfully or not. */
	private final List<Long> attempts = new ArrayList<>();

	/** The same of those that succeeded. */
	private final List<Long> connects = new ArrayList<>();

	private final DeadlineFilter deadlines = new DeadlineFilter(this.time, this.time);

	private @Nullable Balancer balancer;

	@AfterEach
	void close() {
		balancer().close(Duration.ZERO);
	}

	private Balancer balancer() {
		return Objects.requireNonNull(this.balancer);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aGroupThatHasHealedIsConnectedToLessThanTwiceASecond(long seed) {
		start(3, 3, seed);
		call(Duration.ofSeconds(3));
		assertThat(this.connections).as("the second group rests").hasSize(3);
		kill(1, 3);
		call(Duration.ofSeconds(1));
		this.attempts.clear();
		assertThat(call(Duration.ofSeconds(30))).as("failed").isZero();
		assertThat(mostInASecond(this.attempts)).isLessThanOrEqualTo(2);
		this.down.clear();
		this.attempts.clear();
		this.connects.clear();
		assertThat(call(Duration.ofSeconds(30))).as("failed").isZero();
		assertThat(this.connects).hasSize(3);
		assertThat(mostInASecond(this.attempts)).isLessThanOrEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void theFirstThatCallsWaitForIsConnectedToAtOnceAndSoAreThoseThatAreMissing(long seed) {
		start(6, 6, seed);
		call(Duration.ofSeconds(3));
		kill(1, 12);
		call(Duration.ofSeconds(60));
		this.down.clear();
		this.connects.clear();
		long healed = millis();
		assertThat(call(Duration.ofSeconds(5))).isZero();
		assertThat(this.connects.get(0) - healed).isLessThanOrEqualTo(150);
		// with something to spare five of them can do what six of a group do
		assertThat(this.connects.get(4) - healed).isLessThanOrEqualTo(600);
		assertThat(this.connects.get(5) - this.connects.get(4)).isGreaterThan(500);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void ofOneGroupEachIsNeededWhileTooFewAreLeft(long seed) {
		start(12, 0, seed);
		assertThat(this.connects).as("the beginning has no turns").hasSize(12);
		call(Duration.ofSeconds(3));
		kill(1, 8);
		call(Duration.ofMillis(100));
		this.down.clear();
		this.connects.clear();
		call(Duration.ofSeconds(1));
		assertThat(this.connects).as("until nine of twelve are there").hasSizeGreaterThanOrEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void howeverManyAreDownNobodyWaitsForLong(long seed) {
		start(400, 0, seed);
		call(Duration.ofSeconds(3));
		kill(1, 100);
		call(Duration.ofSeconds(1));
		this.down.clear();
		this.connects.clear();
		call(Duration.ofSeconds(12));
		assertThat(this.connects).hasSize(100);
		assertThat(mostInASecond(this.connects)).as("spread").isLessThanOrEqualTo(30);
	}

	private void start(int first, int second, long seed) {
		RandomGenerator random = ScriptedRandom.seeded(seed);
		FakeServerSet set = new FakeServerSet(second > 0);
		ReconnectPace pace = new ReconnectPace(this.time, random);
		ReconnectTerms terms = new ReconnectTerms(Resurrector.backoff(random), this.time, this.time, Runnable::run,
				pace);
		Balancer started = new Balancer(set, BalancerSettings.of(BalancerType.P2C), (member) -> sink(member, terms),
				new ClientMetrics(new SimpleMeterRegistry(), "calculator", "thriftmux"),
				new TimeAndChance(this.time, this.time, random, Runnable::run));
		this.balancer = started;
		pace.heed(started::suffices);
		started.open();
		set.tell(IntStream.rangeClosed(1, first + second)
			.mapToObj((n) -> member(n, (n <= first) ? 0 : 1))
			.toArray(Member[]::new));
		started.open(() -> {
		});
	}

	private static Member member(int number, int priority) {
		return new Member("10.0." + number / 250 + "." + number % 250, 9090, 1,
				Map.of(Member.PRIORITY, Integer.toString(priority)));
	}

	private Sink sink(Member member, ReconnectTerms terms) {
		return new Resurrector(member, this::connect, terms);
	}

	private void connect(Member member, Listener listener) {
		this.attempts.add(millis());
		if (this.down.contains(member)) {
			listener.failed(Failure.of(FailureKind.NOT_SENT, "refused"));
			return;
		}
		this.connects.add(millis());
		FakeConnection connection = new FakeConnection();
		connection.serve();
		this.connections.put(member, connection);
		listener.opened(connection);
	}

	private void kill(int from, int to) {
		IntStream.rangeClosed(from, to).forEach((n) -> this.down.addAll(List.of(member(n, 0), member(n, 1))));
		List.copyOf(this.connections.keySet())
			.stream()
			.filter(this.down::contains)
			.forEach((member) -> this.connections.remove(member).breakDown("reset"));
	}

	/** Calls, for a while; how many of the calls failed. */
	private long call(Duration total) {
		List<Call> calls = new ArrayList<>();
		for (long i = total.toMillis() / 10; i > 0; i--) {
			Call call = Calls.unwatched(this.time, Duration.ofSeconds(5));
			calls.add(call);
			this.deadlines.filter(call, balancer());
			this.time.advance(Duration.ofMillis(10));
			this.connections.values().forEach((connection) -> {
				connection.calls().forEach((sent) -> sent.end(Reply.EMPTY));
				connection.calls().clear();
			});
		}
		return calls.stream().filter((call) -> call.outcome() instanceof Failure).count();
	}

	private long millis() {
		return Duration.ofNanos(this.time.nanos() - this.start).toMillis();
	}

	private static int mostInASecond(List<Long> times) {
		int most = 0;
		for (int from = 0, to = 0; to < times.size(); to++) {
			while (times.get(to) - times.get(from) > 1000) {
				from++;
			}
			most = Math.max(most, to - from + 1);
		}
		return most;
	}

}
