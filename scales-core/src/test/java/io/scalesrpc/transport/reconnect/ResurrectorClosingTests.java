package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.transport.FakeConnection;
import io.scalesrpc.transport.FakeConnectionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a {@link Resurrector} closes, whatever it is doing. Timers left behind fail these
 * tests, see {@link ResurrectorFixture#time}. <em>Confined to the test's thread.</em>
 */
class ResurrectorClosingTests {

	private static final Duration GRACE = Duration.ofSeconds(3);

	private final ResurrectorFixture fixture = new ResurrectorFixture();

	private final Resurrector resurrector = this.fixture.resurrector;

	private final FakeConnectionFactory factory = this.fixture.factory;

	@Test
	void neverOpened() {
		assertThat(this.resurrector.close(GRACE)).isCompleted();
		assertRefusesCalls();
		assertThat(this.factory.openings()).isZero();
	}

	@Test
	void openWaitsForTheConnection() {
		FakeConnection connection = this.fixture.open();
		Call inFlight = this.fixture.dispatch();
		CompletionStage<Void> closing = this.resurrector.close(GRACE);
		assertThat(connection.graces()).containsExactly(GRACE);
		assertThat(closing).isNotCompleted();
		assertThat(inFlight.isEnded()).isFalse();
		assertRefusesCalls();
		connection.close(Duration.ZERO);
		assertThat(closing).isCompleted();
		assertThat(this.factory.isOpening()).isFalse();
	}

	@Test
	void openingEndsTheCallsThatWaitAndClosesTheConnectionThatComesLater() {
		CapturingObserver waiting = CapturingObserver.of(this.fixture.dispatch());
		CompletionStage<Void> closing = this.resurrector.close(GRACE);
		assertThat(waiting.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(closing).isNotCompleted();
		FakeConnection late = this.factory.succeed();
		assertThat(late.graces()).containsExactly(Duration.ZERO);
		assertThat(closing).isCompleted();
		assertRefusesCalls();
	}

	@Test
	void openingThatFailsAfterwardsIsNotTriedAgain() {
		this.fixture.dispatch();
		CompletionStage<Void> closing = this.resurrector.close(GRACE);
		this.factory.fail("refused");
		assertThat(closing).isCompleted();
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void downCancelsTheTimer() {
		this.fixture.goDown("refused");
		assertThat(this.resurrector.close(GRACE)).isCompleted();
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		this.fixture.advanceMillis(1000);
		assertThat(this.factory.openings()).isOne();
		assertRefusesCalls();
	}

	@Test
	void reconnectingClosesTheConnectionThatComesLater() {
		this.fixture.goDown("refused");
		this.fixture.advanceMillis(100);
		CompletionStage<Void> closing = this.resurrector.close(GRACE);
		assertThat(closing).isNotCompleted();
		assertThat(this.factory.succeed().graces()).containsExactly(Duration.ZERO);
		assertThat(closing).isCompleted();
	}

	@Test
	void drainingConnectionsAreClosedToo() {
		FakeConnection draining = this.fixture.openAndSettle();
		draining.state(SinkState.BUSY);
		this.fixture.dispatch();
		FakeConnection current = this.factory.succeed();
		CompletionStage<Void> closing = this.resurrector.close(GRACE);
		assertThat(draining.graces()).containsExactly(Resurrector.RETIREMENT, GRACE);
		current.close(Duration.ZERO);
		assertThat(closing).isNotCompleted();
		draining.close(Duration.ZERO);
		assertThat(closing).isCompleted();
	}

	@Test
	void twiceShortensTheGrace() {
		FakeConnection connection = this.fixture.open();
		CompletionStage<Void> closing = this.resurrector.close(GRACE);
		assertThat(this.resurrector.close(Duration.ZERO)).isCompleted();
		assertThat(closing).isCompleted();
		assertThat(connection.graces()).containsExactly(GRACE, Duration.ZERO);
	}

	private void assertRefusesCalls() {
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(observer.failure().reason()).contains("10.0.0.7:9090", "closed");
		assertThat(this.resurrector.state()).isEqualTo(SinkState.CLOSED);
	}

}
