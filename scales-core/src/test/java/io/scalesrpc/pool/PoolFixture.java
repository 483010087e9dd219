package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.timeout.DeadlineFilter;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * A pool of fake connections in fake time, with deadlines above it. Connections are
 * opened at once unless the test holds them back. <em>Confined to the test's thread.</em>
 */
final class PoolFixture implements ConnectionFactory {

	final FakeTime time = new FakeTime().mustEndEmpty();

	final WatermarkPool pool;

	/** Why the pool ended. */
	final List<@Nullable Failure> ends = new ArrayList<>();

	/** All connections that were opened. */
	final List<FakeSerialConnection> opened = new ArrayList<>();

	private final Deque<Listener> openings = new ArrayDeque<>();

	private final DeadlineFilter deadline = new DeadlineFilter(this.time, this.time);

	private boolean held;

	private final PoolSettings settings;

	PoolFixture(PoolSettings settings) {
		this.settings = settings;
		PoolTerms terms = new PoolTerms(settings, this.time, this.time, ScriptedRandom.seeded(1), Runnable::run);
		this.pool = new WatermarkPool(new PoolGrowth(Member.of("10.0.0.7", 9090), this, terms), terms);
		this.pool.onClosed(this.ends::add);
		this.opened.add(new FakeSerialConnection());
		this.pool.begin(this.opened.get(0));
	}

	@Override
	public void open(Member member, Listener listener) {
		this.openings.add(listener);
		if (!this.held) {
			succeed();
		}
	}

	/** Lets connections wait until the test says what becomes of them. */
	PoolFixture holdOpenings() {
		this.held = true;
		return this;
	}

	Duration idleTimeout() {
		return this.settings.idleTimeout();
	}

	int openings() {
		return this.openings.size();
	}

	void succeed() {
		succeed(new FakeSerialConnection());
	}

	void succeed(FakeSerialConnection connection) {
		this.opened.add(connection);
		this.openings.remove().opened(connection);
	}

	void refuse() {
		this.openings.remove().failed(Failure.of(FailureKind.NOT_SENT, "refused"));
	}

	Call dispatch() {
		return dispatch(Duration.ofSeconds(10));
	}

	Call dispatch(Duration timeout) {
		Call call = Calls.call(this.time, timeout);
		this.deadline.filter(call, this.pool);
		return call;
	}

	List<Call> dispatch(int times) {
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			calls.add(dispatch());
		}
		return calls;
	}

	/** Answers whatever is unanswered, until nothing is. */
	void answerAll() {
		for (List<FakeSerialConnection> busy = busy(); !busy.isEmpty(); busy = busy()) {
			busy.forEach(FakeSerialConnection::answer);
		}
	}

	List<FakeSerialConnection> busy() {
		return this.opened.stream().filter((connection) -> connection.current() != null).toList();
	}

	List<FakeSerialConnection> standing() {
		return this.opened.stream().filter((connection) -> !connection.isClosed()).toList();
	}

	int collisions() {
		return this.opened.stream().mapToInt(FakeSerialConnection::collisions).sum();
	}

	void close() {
		this.pool.close(Duration.ZERO);
		while (!this.openings.isEmpty()) {
			refuse();
		}
	}

}
