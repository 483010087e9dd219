package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.LeakCheckExtension;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections to one member that calls share: how many, how old, and which is bad. */
@ExtendWith(LeakCheckExtension.class)
class SharedPoolTests implements ConnectionFactory {

	private static final Duration AGE = Duration.ofSeconds(60);

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final List<FakeSharedConnection> opened = new ArrayList<>();

	private final Deque<Listener> openings = new ArrayDeque<>();

	private final List<@Nullable Failure> ends = new ArrayList<>();

	private final List<Call> unsent = new ArrayList<>();

	private boolean held;

	private @Nullable Connection pool;

	@Override
	public void open(Member member, Listener listener) {
		assertThat(this.openings).isEmpty();
		this.openings.add(listener);
		if (!this.held) {
			succeed();
		}
	}

	private FakeSharedConnection succeed() {
		FakeSharedConnection connection = new FakeSharedConnection();
		this.opened.add(connection);
		this.openings.remove().opened(connection);
		return connection;
	}

	private void refuse() {
		this.openings.remove().failed(Failure.of(FailureKind.NOT_SENT, "refused"));
	}

	/** Opens a pool whose first connection stands. */
	private Connection pool(Duration age, int connections) {
		SharedTerms terms = new SharedTerms(new ConnectionSettings(age, connections), this.time, this.time,
				ScriptedRandom.seeded(1), Runnable::run);
		List<Connection> given = new ArrayList<>();
		new SharedPoolFactory(this, terms).open(Member.of("10.0.0.7", 9090), new Listener() {

			@Override
			public void opened(Connection connection) {
				given.add(connection);
			}

			@Override
			public void failed(Failure failure) {
				throw new AssertionError(failure.reason());
			}

		});
		Connection made = given.get(0);
		made.onClosed(this.ends::add);
		made.onUnsent((call) -> {
			this.unsent.add(call);
			call.end(Failure.of(FailureKind.NOT_SENT, "unsent"));
		});
		this.pool = made;
		return made;
	}

	@AfterEach
	void close() {
		if (this.pool != null) {
			this.pool.close(Duration.ZERO);
			while (!this.openings.isEmpty()) {
				refuse();
			}
			assertThat(this.opened).allMatch(FakeSharedConnection::isClosed);
			assertThat(this.ends).hasSize(1);
			assertThat(this.pool.state()).isEqualTo(SinkState.CLOSED);
		}
	}

	private Call dispatch(Connection to) {
		Call call = Calls.call(this.time, Duration.ofHours(1));
		to.dispatch(call);
		return call;
	}

	private void answerAll() {
		this.opened.forEach((connection) -> {
			while (connection.calls() > 0) {
				connection.answer();
			}
		});
	}

	@Test
	void allConnectionsAreOpenedOnceTheFirstStands() {
		Connection pool = pool(Duration.ZERO, 3);
		assertThat(this.opened).hasSize(3);
		assertThat(pool.connections()).isEqualTo(3);
		assertThat(pool.state()).isEqualTo(SinkState.OPEN);
		assertThat(pool.problem()).isEmpty();
	}

	@Test
	void callsTakeTurnsAndGoWhereThereAreFewest() {
		Connection pool = pool(Duration.ZERO, 3);
		for (int i = 0; i < 30; i++) {
			dispatch(pool);
			answerAll();
		}
		assertThat(this.opened).allMatch((connection) -> connection.taken() == 10);
		for (int i = 0; i < 9; i++) {
			dispatch(pool);
		}
		this.opened.get(1).answer();
		this.opened.get(1).answer();
		dispatch(pool);
		dispatch(pool);
		assertThat(this.opened).allMatch((connection) -> connection.calls() == 3);
		answerAll();
	}

	@Test
	void oneThatIsTooOldIsReplacedFirstAndFinishesWhatItHas() {
		Connection pool = pool(AGE, 1);
		FakeSharedConnection old = this.opened.get(0);
		Call call = dispatch(pool);
		this.held = true;
		this.time.advance(AGE);
		assertThat(this.openings).hasSize(1);
		Call meanwhile = dispatch(pool);
		FakeSharedConnection fresh = succeed();
		assertThat(old.graces()).containsExactly(Duration.ofMinutes(10));
		assertThat(old.isClosed()).isFalse();
		Call later = dispatch(pool);
		assertThat(fresh.taken()).isEqualTo(1);
		old.answer();
		old.answer();
		fresh.answer();
		assertThat(old.isClosed()).isTrue();
		assertThat(List.of(call, meanwhile, later)).allMatch((one) -> one.outcome() instanceof Reply);
		assertThat(pool.connections()).isEqualTo(1);
		assertThat(this.ends).isEmpty();
		this.held = false;
	}

	@Test
	void itStaysWhileNoOtherCanBeOpenedAndThatIsTriedWithBackOff() {
		Connection pool = pool(AGE, 1);
		this.held = true;
		this.time.advance(AGE);
		int attempts = 0;
		for (int i = 0; i < 3600; i++) {
			if (!this.openings.isEmpty()) {
				refuse();
				attempts++;
			}
			this.time.advance(Duration.ofSeconds(1));
		}
		assertThat(attempts).isBetween(50, 100);
		dispatch(pool);
		answerAll();
		assertThat(this.opened.get(0).taken()).isEqualTo(1);
		assertThat(pool.state()).isEqualTo(SinkState.OPEN);
	}

	/** Not all at once, and each after at least nine tenths of its age. */
	@Test
	void connectionsOfOneMomentAreReplacedOneAfterTheOther() {
		Connection pool = pool(AGE, 8);
		List<FakeSharedConnection> first = List.copyOf(this.opened);
		this.time.advance(AGE.multipliedBy(9).dividedBy(10).minusMillis(1));
		assertThat(this.opened).hasSize(8);
		List<Integer> sizes = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			this.time.advance(Duration.ofSeconds(1));
			sizes.add(this.opened.size());
		}
		assertThat(sizes.stream().distinct().count()).isGreaterThan(3);
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.opened).hasSize(16);
		assertThat(first).allMatch(FakeSharedConnection::isClosed);
		assertThat(pool.connections()).isEqualTo(8);
	}

	@Test
	void oneThatDrainsIsReplacedAndItsCallsGoToOthers() {
		Connection pool = pool(Duration.ZERO, 2);
		dispatch(pool);
		dispatch(pool);
		this.opened.get(0).drain();
		assertThat(pool.state()).isEqualTo(SinkState.OPEN);
		assertThat(pool.isDraining()).isFalse();
		Call call = dispatch(pool);
		assertThat(this.opened).hasSize(3);
		answerAll();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		assertThat(this.opened.get(0).isClosed()).isTrue();
		assertThat(pool.connections()).isEqualTo(2);
	}

	@Test
	void itDrainsItselfWhenAllDoAndIsOverWithTheLast() {
		Connection pool = pool(Duration.ZERO, 2);
		dispatch(pool);
		dispatch(pool);
		this.opened.forEach(FakeSharedConnection::drain);
		assertThat(pool.state()).isEqualTo(SinkState.BUSY);
		assertThat(pool.isDraining()).isTrue();
		Call late = dispatch(pool);
		assertThat(this.unsent).containsExactly(late);
		pool.close(Duration.ofMinutes(10));
		this.opened.get(0).answer();
		assertThat(this.ends).isEmpty();
		this.opened.get(1).answer();
		assertThat(this.ends).hasSize(1);
		assertThat(this.opened).hasSize(2);
	}

	@Test
	void oneThatBreaksIsReplacedAndTheLastEndsThePool() {
		Connection pool = pool(Duration.ZERO, 2);
		for (int i = 0; i < 4; i++) {
			dispatch(pool);
		}
		answerAll();
		this.opened.get(0).breakDown();
		assertThat(this.opened).hasSize(3);
		assertThat(pool.state()).isEqualTo(SinkState.OPEN);
		this.held = true;
		this.opened.get(1).breakDown();
		assertThat(pool.problem()).isEqualTo("1 of 2 connections");
		this.opened.get(2).breakDown();
		// The opening in flight is of no use to it any more.
		assertThat(pool.isDraining()).isTrue();
		FakeSharedConnection late = succeed();
		assertThat(late.isClosed()).isTrue();
		assertThat(this.ends).hasSize(1);
		assertThat(pool.hasServed()).isTrue();
	}

	@Test
	void oneThatEndsAgainAndAgainWithoutAnAnswerIsOpenedWithBackOff() {
		pool(Duration.ZERO, 2);
		for (int i = 0; i < 60; i++) {
			FakeSharedConnection latest = this.opened.get(this.opened.size() - 1);
			if (!latest.isClosed()) {
				latest.breakDown();
			}
			this.time.advance(Duration.ofSeconds(1));
		}
		assertThat(this.opened.size()).isBetween(5, 12);
	}

	@Test
	void oneWhoseCallsFailWhileItsNeighboursAnswerIsReplaced() {
		Connection pool = pool(Duration.ZERO, 3);
		FakeSharedConnection bad = this.opened.get(0);
		int failed = 0;
		for (int i = 0; i < 30; i++) {
			dispatch(pool);
			if (bad.calls() > 0) {
				bad.fail();
				failed++;
			}
			answerAll();
		}
		assertThat(failed).isEqualTo(3);
		assertThat(bad.isClosed()).isTrue();
		assertThat(bad.graces()).containsExactly(Duration.ofMinutes(10));
		assertThat(this.opened).hasSize(4);
		assertThat(this.opened.get(3).taken()).isGreaterThan(5);
		assertThat(this.ends).isEmpty();
	}

	/** One every five seconds at the most: where all fail now and then it is nobody. */
	@Test
	void noneIsReplacedWhereAllFailAndSeldomWhereAllFailNowAndThen() {
		Connection pool = pool(Duration.ZERO, 2);
		for (int i = 0; i < 20; i++) {
			dispatch(pool);
			this.opened.forEach((connection) -> {
				if (connection.calls() > 0) {
					connection.fail();
				}
			});
		}
		assertThat(this.opened).hasSize(2);
		for (int second = 0; second < 60; second++) {
			for (int i = 0; i < 20; i++) {
				dispatch(pool);
				boolean fails = i < 10;
				List.copyOf(this.opened).forEach((connection) -> {
					while (connection.calls() > 0 && fails == (this.opened.indexOf(connection) % 2 == 0)) {
						connection.fail();
					}
				});
				answerAll();
			}
			this.time.advance(Duration.ofSeconds(1));
		}
		assertThat(this.opened.size()).isBetween(3, 14);
	}

}
