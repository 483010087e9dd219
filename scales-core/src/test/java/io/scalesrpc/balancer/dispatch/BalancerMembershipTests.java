package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.RecentAttempts;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a {@link Balancer} follows its set, and how it closes. <em>Confined to the test's
 * thread.</em>
 */
class BalancerMembershipTests {

	private final BalancerFixture fixture = new BalancerFixture(BalancerType.HEAP);

	private final Balancer balancer = this.fixture.balancer;

	@Test
	void aNewMemberGetsCalls() {
		this.fixture.of(1).of(2);
		this.fixture.dispatchAndAnswer(10);
		assertThat(this.fixture.sink(2).calls()).hasSizeGreaterThanOrEqualTo(5);
		assertThat(this.fixture.made()).hasSize(2);
	}

	@Test
	void aMemberThatLeftLingersAndIsDrained() {
		this.fixture.of(2).of(1);
		assertThat(this.fixture.sink(2).isClosed()).isFalse();
		this.fixture.time.advance(DrainingNodes.LINGER);
		assertThat(this.fixture.sink(2).grace()).isEqualTo(DrainingNodes.REST_GRACE);
		this.fixture.dispatchAndAnswer(10);
		assertThat(this.fixture.sink(2).calls()).isEmpty();
		assertThat(this.fixture.sink(1).isClosed()).isFalse();
		assertThat(this.balancer.nodes()).extracting(NodeView::member).containsExactly(BalancerFixture.member(1));
	}

	@Test
	void aMemberThatLeftWhileDownIsForgotten() {
		this.fixture.of(2);
		this.fixture.sink(2).state(SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(10);
		this.fixture.of(1);
		this.fixture.sink(2).state(SinkState.OPEN);
		this.fixture.dispatchAndAnswer(10);
		assertThat(this.fixture.sink(2).calls()).isEmpty();
	}

	@Test
	void aMemberWhoseWeightChangedKeepsItsSinkAndItsLoad() {
		this.fixture.of(1);
		Call call = this.fixture.dispatch();
		Member heavier = new Member("10.0.0.1", 9090, 2, Map.of("zone", "b"));
		this.fixture.set.tell(heavier);
		assertThat(this.fixture.made()).hasSize(1);
		assertThat(this.balancer.nodes())
			.containsExactly(new NodeView(heavier, SinkState.OPEN, 1, true, "", -1, 0, RecentAttempts.NONE));
		call.end(Reply.EMPTY);
	}

	@Test
	void aMemberThatComesBackInTimeKeepsItsSinkAndItsLoad() {
		this.fixture.of(1);
		Call call = this.fixture.dispatch();
		for (int flap = 0; flap < 100; flap++) {
			this.fixture.of(0);
			this.fixture.time.advance(Duration.ofMillis(50));
			this.fixture.of(1);
			this.fixture.time.advance(Duration.ofMillis(50));
		}
		this.fixture.time.advance(DrainingNodes.LINGER);
		assertThat(this.fixture.made()).hasSize(1);
		assertThat(this.fixture.sink(1).isClosed()).isFalse();
		assertThat(this.fixture.load(1)).isOne();
		call.end(Reply.EMPTY);
	}

	@Test
	void callsOfAMemberThatLeftEndByThemselves() {
		this.fixture.of(1);
		Call call = this.fixture.dispatch();
		this.fixture.of(0);
		this.fixture.time.advance(Duration.ofMinutes(5));
		FakeSink sink = this.fixture.made().get(0);
		assertThat(sink.isClosed()).isFalse();
		assertThat(call.isEnded()).isFalse();
		assertThat(this.balancer.pending()).isOne();
		call.end(Reply.EMPTY);
		this.fixture.time.advance(DrainingNodes.MOMENT);
		assertThat(sink.isClosed()).isTrue();
	}

	@Test
	void aMemberThatComesBackWhileItHasCallsKeepsItsSink() {
		this.fixture.of(1);
		Call call = this.fixture.dispatch();
		this.fixture.of(0);
		this.fixture.time.advance(Duration.ofMinutes(1));
		this.fixture.of(1);
		assertThat(this.fixture.made()).hasSize(1);
		assertThat(this.fixture.load(1)).isOne();
		call.end(Reply.EMPTY);
		this.fixture.time.advance(Duration.ofMinutes(1));
		assertThat(this.fixture.sink(1).isClosed()).isFalse();
	}

	@Test
	void ofTooManyMembersThatLeftTheFirstAreClosed() {
		this.fixture.of(DrainingNodes.MAX_LINGERING + 2).of(0);
		assertThat(this.fixture.made()).filteredOn(FakeSink::isClosed)
			.hasSize(2)
			.extracting(FakeSink::grace)
			.containsOnly(DrainingNodes.DRAIN_GRACE);
		this.fixture.time.advance(DrainingNodes.LINGER);
		assertThat(this.fixture.made()).allMatch(FakeSink::isClosed);
	}

	@Test
	void aMemberThatComesBackLaterGetsANewSink() {
		this.fixture.of(1).of(0);
		this.fixture.time.advance(DrainingNodes.LINGER);
		this.fixture.of(1);
		assertThat(this.fixture.made()).hasSize(2);
		this.fixture.dispatchAndAnswer(3);
		assertThat(this.fixture.made().get(0).calls()).isEmpty();
		assertThat(this.fixture.made().get(1).calls()).hasSize(3);
	}

	@Test
	void closingClosesTheSetAndEverySinkAndRefusesCallsAfterwards() {
		this.fixture.of(3);
		assertThat(this.balancer.close(Duration.ofSeconds(3))).isCompleted();
		assertThat(this.fixture.set.isClosed()).isTrue();
		assertThat(this.fixture.made()).extracting(FakeSink::grace).containsOnly(Duration.ofSeconds(3));
		assertThat(this.balancer.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.balancer.nodes()).isEmpty();
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(observer.failure().reason()).isEqualTo("client is closed");
	}

	@Test
	void aListThatComesAfterClosingMakesNoSink() {
		this.fixture.of(1);
		this.balancer.close(Duration.ZERO);
		this.fixture.of(2);
		assertThat(this.fixture.made()).hasSize(1);
	}

	@Test
	void closingTwiceIsAllowed() {
		this.fixture.of(1);
		this.balancer.close(Duration.ZERO);
		assertThat(this.balancer.close(Duration.ZERO)).isCompleted();
	}

	@Test
	void closingWaitsForMembersThatLeaveAsWellAsForThoseThatAreThere() {
		FakeServerSet set = new FakeServerSet();
		Lingering leaving = new Lingering();
		Lingering staying = new Lingering();
		Balancer lingering = new Balancer(set, BalancerSettings.of(BalancerType.HEAP),
				(member) -> (member.port() == 1) ? leaving : staying,
				new ClientMetrics(new SimpleMeterRegistry(), "calculator", "thriftmux"),
				new TimeAndChance(new FakeTime(), new FakeTime(), ScriptedRandom.seeded(1), Runnable::run));
		lingering.open();
		set.tell(Member.of("a", 1));
		Call call = Calls.call();
		lingering.dispatch(call);
		set.tell(Member.of("a", 2));
		assertThat(lingering.pending()).isOne();
		CompletionStage<Void> closing = lingering.close(Duration.ofSeconds(1));
		assertThat(List.of(leaving.grace, staying.grace)).containsOnly(Duration.ofSeconds(1));
		staying.closed.complete(null);
		assertThat(closing).isNotCompleted();
		call.end(Reply.EMPTY);
		leaving.closed.complete(null);
		assertThat(closing).isCompleted();
		assertThat(lingering.pending()).isZero();
	}

	/** A sink that takes its time to close. <em>Confined to the test's thread.</em> */
	private static final class Lingering implements Sink {

		private final CompletableFuture<Void> closed = new CompletableFuture<>();

		private Duration grace = Duration.ZERO;

		@Override
		public void dispatch(Call call) {
			// holds it
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
		public CompletionStage<Void> close(Duration newGrace) {
			this.grace = newGrace;
			return this.closed;
		}

	}

}
