package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.FakeConnection;
import io.scalesrpc.transport.FakeConnectionFactory;
import io.scalesrpc.transport.channel.CountingConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a {@link Resurrector} opens without a call, and what it says is the matter.
 * <em>Confined to the test's thread.</em>
 */
class ResurrectorOpeningTests {

	private final ResurrectorFixture fixture = new ResurrectorFixture();

	private final Resurrector resurrector = this.fixture.resurrector;

	private final FakeConnectionFactory factory = this.fixture.factory;

	/** The state at each time somebody was told that the opening is over. */
	private final List<SinkState> told = new ArrayList<>();

	@AfterEach
	void close() {
		this.resurrector.close(Duration.ZERO);
		if (this.factory.isOpening()) {
			this.factory.fail("the test is over");
		}
	}

	@Test
	void openingNeedsNoCallAndIsOverWithTheConnection() {
		open();
		assertThat(this.factory.isOpening()).isTrue();
		assertThat(this.told).isEmpty();
		this.factory.succeed();
		assertThat(this.told).containsExactly(SinkState.OPEN);
	}

	@Test
	void thoseWhoOpenTogetherWithCallsShareOneOpening() {
		open();
		this.resurrector.dispatch(Calls.unwatched());
		open();
		FakeConnection connection = this.factory.succeed();
		assertThat(this.factory.openings()).isOne();
		assertThat(connection.calls()).hasSize(1);
		assertThat(this.told).containsExactly(SinkState.OPEN, SinkState.OPEN);
	}

	@Test
	void anOpeningThatFailedIsOverToo() {
		open();
		this.factory.fail("Connection refused");
		assertThat(this.told).containsExactly(SinkState.CLOSED);
		this.fixture.advanceMillis(100);
		this.factory.succeed();
		assertThat(this.told).hasSize(1);
	}

	@Test
	void anOpeningThatThrowsFailedAndIsTriedAgain() {
		this.factory.thrown = new IllegalStateException("a bug");
		open();
		assertThat(this.told).containsExactly(SinkState.CLOSED);
		assertThat(this.resurrector.problem()).contains("cannot connect: a bug");
		assertThat(this.fixture.connections("failed")).isOne();
		this.factory.thrown = null;
		this.fixture.advanceMillis(100);
		this.factory.succeed();
		assertThat(this.resurrector.state()).isEqualTo(SinkState.OPEN);
	}

	/** It is the first result that counts. */
	@Test
	void aConnectionOfAnOpeningThatThrewIsClosed() {
		List<ConnectionFactory.Listener> listeners = new ArrayList<>();
		ConnectionFactory factory = new CountingConnectionFactory((member, listener) -> {
			listeners.add(listener);
			throw new StackOverflowError();
		}, this.fixture.metrics(), this.fixture.time);
		List<String> failed = new ArrayList<>();
		factory.open(Member.of("10.0.0.7", 9090), new ConnectionFactory.Listener() {

			@Override
			public void opened(Connection connection) {
				throw new AssertionError("opened (expected: a failure)");
			}

			@Override
			public void failed(Failure failure) {
				failed.add(failure.reason());
			}

		});
		FakeConnection late = new FakeConnection();
		listeners.get(0).opened(late);
		assertThat(late.graces()).containsExactly(Duration.ZERO);
		assertThat(failed).containsExactly("cannot connect: java.lang.StackOverflowError");
	}

	@Test
	void closingEndsTheOpeningAtOnce() {
		open();
		this.resurrector.close(Duration.ofSeconds(3));
		assertThat(this.told).containsExactly(SinkState.CLOSED);
		this.factory.succeed();
		assertThat(this.told).hasSize(1);
	}

	@Test
	void whileThereIsAConnectionOrNeverWillBeThereIsNothingToWaitFor() {
		this.fixture.openAndSettle();
		open();
		assertThat(this.told).containsExactly(SinkState.OPEN);
		this.resurrector.close(Duration.ZERO);
		open();
		assertThat(this.told).containsExactly(SinkState.OPEN, SinkState.CLOSED);
		assertThat(this.factory.openings()).isOne();
	}

	@Test
	void elsewiseItIsOverWithTheNextAttempt() {
		this.fixture.openAndSettle().finish();
		open();
		assertThat(this.told).isEmpty();
		this.factory.fail("refused");
		assertThat(this.told).containsExactly(SinkState.CLOSED);
		open();
		assertThat(this.told).hasSize(1);
		this.fixture.advanceMillis(100);
		open();
		assertThat(this.told).hasSize(1);
		this.factory.succeed();
		assertThat(this.told).containsExactly(SinkState.CLOSED, SinkState.OPEN, SinkState.OPEN);
	}

	@Test
	void aConnectionThatDrainsIsReplacedWithoutACall() {
		FakeConnection draining = this.fixture.openAndSettle();
		draining.state(SinkState.BUSY);
		open();
		assertThat(this.factory.isOpening()).isTrue();
		assertThat(draining.graces()).containsExactly(Resurrector.RETIREMENT);
		this.factory.succeed();
		assertThat(this.told).containsExactly(SinkState.OPEN);
	}

	@Test
	void theProblemSaysWhatIsTheMatter() {
		assertThat(this.resurrector.problem()).isEmpty();
		open();
		assertThat(this.resurrector.problem()).isEqualTo("opening");
		this.factory.fail("Connection\nrefused");
		String down = "10.0.0.7:9090 is down: Connection?refused (failures in a row: 1, next try after 100 ms)";
		assertThat(this.resurrector.problem()).isEqualTo(down);
		this.fixture.advanceMillis(100);
		assertThat(this.resurrector.problem()).isEqualTo(down + ", trying now");
		FakeConnection connection = this.factory.succeed();
		assertThat(this.resurrector.problem()).isEmpty();
		this.fixture.advanceMillis(ReconnectBackoff.SETTLED_MILLIS);
		connection.state(SinkState.BUSY);
		assertThat(this.resurrector.problem()).isEqualTo("draining");
		connection.finish();
		assertThat(this.resurrector.problem()).isEqualTo("replacing");
		this.resurrector.close(Duration.ZERO);
		assertThat(this.resurrector.problem()).isEqualTo("10.0.0.7:9090: closed");
	}

	@Test
	void aTimerThatWasClosedLeavesTheMemberDownAndEndsItsCalls() {
		ResurrectorFixture late = ResurrectorFixture.withClosedTimer();
		CapturingObserver waiting = CapturingObserver.of(late.dispatch());
		late.factory.fail("refused");
		assertThat(waiting.failure().reason()).contains("refused", "no next try, the timer is closed");
		assertThat(late.resurrector.state()).isEqualTo(SinkState.CLOSED);
		assertThat(CapturingObserver.of(late.dispatch()).failure().reason()).contains("refused");
		assertThat(late.resurrector.close(Duration.ZERO)).isCompleted();
	}

	@Test
	void aTimerThatWasClosedKeepsNoConnectionFromItsCalls() {
		ResurrectorFixture late = ResurrectorFixture.withClosedTimer();
		late.dispatch();
		FakeConnection connection = late.factory.succeed();
		assertThat(connection.calls()).hasSize(1);
		connection.breakDown("reset");
		assertThat(late.resurrector.problem()).contains("reset");
		assertThat(late.resurrector.close(Duration.ZERO)).isCompleted();
	}

	private void open() {
		this.resurrector.open(() -> this.told.add(this.resurrector.state()));
	}

}
