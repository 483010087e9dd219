package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.RecentAttempts;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.protocol.Balancers;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.MemberStatus;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A protocol that sends calls to servers itself.
 */
@Sockets
class DestinationTests {

	private static final Member LEADER = Member.of("127.0.0.1", 9092);

	private static final Member FOLLOWER = Member.of("127.0.0.1", 9093);

	private final OwnProtocol protocol = new OwnProtocol();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ClientHandle<Sums> handle = builder().build();

	@AfterEach
	void close() {
		this.handle.close();
		assertThat(this.protocol.destination.closed).isTrue();
	}

	@Test
	void getsTheCallsInPlaceOfABalancer() throws Exception {
		assertThat(this.handle.proxy().add(1, 2)).isEqualTo(42);
		assertThat(this.protocol.destination.started).isOne();
	}

	@Test
	void isWhatTheViewAndTheMetersShow() {
		assertThat(this.handle.view().members()).containsExactly(
				new MemberView("127.0.0.1:9092", "", 1, SinkState.OPEN, 3, true, "", null, null, RecentAttempts.NONE),
				new MemberView("127.0.0.1:9093", "", 1, SinkState.CLOSED, 0, false, "gone", null, null,
						RecentAttempts.NONE));
		assertThat(this.handle.view().details()).isEqualTo(Map.of("topics", List.of("orders")));
		assertThat(this.handle.view().state()).isEqualTo(SinkState.OPEN);
		assertThat(gauge(MeterNames.MEMBERS, "state", "open")).isOne();
		assertThat(gauge(MeterNames.MEMBERS, "state", "closed")).isOne();
		assertThat(gauge(MeterNames.MEMBERS_ACTIVE)).isOne();
		assertThat(gauge(MeterNames.PENDING)).isEqualTo(3);
	}

	@Test
	void isAskedWhetherTheClientIsReady() {
		assertThat(this.handle.ready(2, Duration.ofSeconds(1))).isCompletedWithValue(true);
	}

	/** No attempts, so no retry either. */
	@Test
	void aStageWithoutEffectIsNotInTheStack() {
		this.protocol.destination.failing = true;
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> this.handle.proxy().add(1, 2));
		assertThat(this.protocol.destination.dispatched).isOne();
	}

	@Test
	void aSettingWithoutEffectIsRefusedWithTheReason() {
		refused(builder().callOption(RetrySettings.KEY, RetrySettings.DEFAULT), "retry");
		refused(builder().methodOption("add", RetrySettings.KEY, RetrySettings.DEFAULT), "retry");
		refused(builder().balancer(BalancerType.HEAP), "balancer");
		refused(builder().pool(PoolSettings.DEFAULT), "pool");
		refused(builder().connectTimeout(Duration.ofSeconds(1)), "connect-timeout");
		refused(builder().memberBreaker(MemberBreakerSettings.OFF), "member-breaker");
	}

	private void refused(ClientBuilder<Sums> builder, String setting) {
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessage(setting + ": set (expected: none with protocol own: the library does it)");
	}

	private ClientBuilder<Sums> builder() {
		return ScalesClients.builder(Sums.class)
			.uri("tcp://127.0.0.1:9092")
			.protocol(this.protocol)
			.meterRegistry(this.meters);
	}

	private double gauge(String name, String... tags) {
		return this.meters.get(name).tags(tags).gauge().value();
	}

	/** Has its own destination. <em>Confined to the test.</em> */
	private static final class OwnProtocol extends FakeProtocol {

		private OwnDestination destination = new OwnDestination();

		@Override
		public String name() {
			return "own";
		}

		@Override
		public Map<String, String> inapplicable() {
			String reason = "the library does it";
			return Map.of("retry", reason, "balancer", reason, "pool", reason, "connect-timeout", reason,
					"member-breaker", reason);
		}

		@Override
		public Destination destination(ProtocolEnvironment environment, ServerSet members, Balancers balancers) {
			this.destination = new OwnDestination();
			return this.destination;
		}

	}

	/** Answers with 42. <em>Confined to the test's thread.</em> */
	private static final class OwnDestination implements Destination {

		private int started;

		private int dispatched;

		private boolean failing;

		private boolean closed;

		@Override
		public void start() {
			this.started++;
		}

		@Override
		public void dispatch(Call call) {
			this.dispatched++;
			call.target(LEADER);
			call.end(this.failing ? Failure.of(FailureKind.NOT_SENT, "full") : Reply.of(42));
		}

		@Override
		public void open(Runnable over) {
			over.run();
		}

		@Override
		public String problem() {
			return "";
		}

		@Override
		public SinkState state() {
			return SinkState.OPEN;
		}

		@Override
		public List<MemberStatus> members() {
			return List.of(new MemberStatus(LEADER, SinkState.OPEN, 3, true, ""),
					new MemberStatus(FOLLOWER, SinkState.CLOSED, 0, false, "gone"));
		}

		@Override
		public int pending() {
			return 3;
		}

		@Override
		public CompletionStage<Boolean> ready(int members, Duration limit) {
			return CompletableFuture.completedFuture(members == 2);
		}

		@Override
		public Map<String, Object> details() {
			return Map.of("topics", List.of("orders"));
		}

		@Override
		public CompletionStage<Void> close(Duration grace) {
			this.closed = true;
			return CompletableFuture.completedFuture(null);
		}

	}

}
