package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Reply;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that is called 500 times a second and sick for a while, through the whole
 * client in virtual time: the trigger, its removal, and then the recovery (Bronson et
 * al., "Metastable Failures in Distributed Systems", HotOS 2021). <em>Confined to the
 * test's thread.</em>
 */
@Sockets
@Tag("soak")
class SickServiceTests {

	private static final int CALLS_PER_SECOND = 500;

	private static final RetryBudgetSettings UNLIMITED = new RetryBudgetSettings(1, 1_000_000, Duration.ofSeconds(10));

	/** A server that does one thing after the other, and 600 of them in a second. */
	private static final long WORK_NANOS = TimeUnit.SECONDS.toNanos(1) / 600;

	private final Fixture fixture = new Fixture();

	private boolean failing;

	private long busyUntil = this.fixture.time.nanos();

	private int requests;

	private int answered;

	@BeforeEach
	void configure() {
		this.fixture.builder.callbacks(Callbacks.EVENT_LOOP).callOption(Idempotence.KEY, true);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aServiceThatFailsForHalfAMinuteGetsLittleMoreAndIsBackAtOnce() {
		this.fixture.protocol.answering(this::answerOrFail);
		Sums client = this.fixture.client();
		assertThat(callFor(10, client)).isEqualTo(5_000);
		this.failing = true;
		this.requests = 0;
		assertThat(callFor(30, client)).isZero();
		assertThat(this.requests).isBetween(15_000, 15_000 * 125 / 100);
		this.failing = false;
		callFor(2, client);
		this.requests = 0;
		assertThat(callFor(10, client)).isEqualTo(5_000);
		assertThat(this.requests).isEqualTo(5_000);
	}

	@Test
	void withoutABudgetItGetsThreeTimesAsMuch() {
		this.fixture.builder.retryBudget(UNLIMITED);
		this.fixture.protocol.answering(this::answerOrFail);
		Sums client = this.fixture.client();
		this.failing = true;
		callFor(30, client);
		assertThat(this.requests).isBetween(44_900, 45_000);
	}

	/** The backlog of 1000 is gone after 10 s, since 100 a second more could be done. */
	@Test
	void aServerThatStandsStillForTwoSecondsCatchesUp() {
		Sums client = queueing();
		assertThat(callFor(10, client)).isEqualTo(5_000);
		this.busyUntil += TimeUnit.SECONDS.toNanos(2);
		callFor(30, client);
		assertThat(callFor(10, client)).isEqualTo(5_000);
	}

	@Test
	void withoutABudgetItsRetriesKeepItFromCatchingUpForEver() {
		this.fixture.builder.retryBudget(UNLIMITED);
		Sums client = queueing();
		assertThat(callFor(10, client)).isEqualTo(5_000);
		this.busyUntil += TimeUnit.SECONDS.toNanos(2);
		callFor(30, client);
		assertThat(callFor(10, client)).isZero();
	}

	private Sums queueing() {
		this.fixture.protocol.answering(this::queue);
		this.fixture.builder.timeout(Duration.ofSeconds(1))
			.callOption(AttemptTimeout.KEY, new AttemptTimeout(Duration.ofMillis(100)));
		return this.fixture.client();
	}

	/** How many of the calls of so many seconds were answered in that time. */
	private int callFor(int seconds, Sums client) {
		this.answered = 0;
		for (int i = 0; i < seconds * CALLS_PER_SECOND; i++) {
			client.addAsync(1, 2).thenRun(() -> this.answered++);
			this.fixture.time.advance(Duration.ofSeconds(1).dividedBy(CALLS_PER_SECOND));
		}
		return this.answered;
	}

	private void answerOrFail(Call call) {
		this.requests++;
		call.end(this.failing ? Failure.of(FailureKind.REMOTE, "out of order") : Reply.of(3));
	}

	/** Does the work, also if nobody waits for it any more. */
	private void queue(Call call) {
		long now = this.fixture.time.nanos();
		this.busyUntil = (this.busyUntil - now > 0) ? this.busyUntil + WORK_NANOS : now + WORK_NANOS;
		this.fixture.time.schedule(() -> call.end(Reply.of(3)), this.busyUntil - now, TimeUnit.NANOSECONDS);
	}

}
