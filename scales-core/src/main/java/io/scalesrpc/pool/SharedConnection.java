package io.scalesrpc.pool;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;

/**
 * A connection of a shared pool: how many calls it has, and how they end.
 * <em>Thread-safe</em>.
 */
final class SharedConnection implements Observer {

	private final Connection connection;

	private final long dueNanos;

	private final Consumer<SharedConnection> suspect;

	private final AtomicInteger calls = new AtomicInteger();

	private final FailureRow failures = new FailureRow();

	/**
	 * Begins without calls.
	 * @param connection takes them
	 * @param dueNanos when it is too old
	 * @param suspect told again and again while its calls fail
	 */
	SharedConnection(Connection connection, long dueNanos, Consumer<SharedConnection> suspect) {
		this.connection = connection;
		this.dueNanos = dueNanos;
		this.suspect = suspect;
	}

	void dispatch(Call call) {
		this.calls.incrementAndGet();
		call.onOutcome(this);
		this.connection.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.calls.decrementAndGet();
		this.failures.ended(call, outcome);
		if (outcome instanceof Failure && this.failures.isLong()) {
			this.suspect.accept(this);
		}
	}

	int load() {
		return this.calls.get();
	}

	/** Whether its latest call was answered. */
	boolean isGood() {
		return this.failures.isEmpty() && this.connection.hasServed();
	}

	SinkState state() {
		return this.connection.state();
	}

	boolean isDraining() {
		return this.connection.isDraining();
	}

	long dueNanos() {
		return this.dueNanos;
	}

	Connection connection() {
		return this.connection;
	}

	CompletionStage<Void> close(Duration grace) {
		return this.connection.close(grace);
	}

}
