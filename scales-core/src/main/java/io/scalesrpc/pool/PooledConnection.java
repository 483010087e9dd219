package io.scalesrpc.pool;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;

/**
 * A connection of a pool. It is lent to one call at a time, and given back when that call
 * has ended, whoever dispatched it is done with it, and nothing of the answer is still
 * coming: only then does the state of the connection say for good whether an answer is
 * missing. <em>Thread-safe</em>, as long as only who took it from the idle ones
 * dispatches.
 */
final class PooledConnection implements Observer {

	/** For how long an answer says that whoever is behind a connection is well. */
	private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final Connection connection;

	private final Runnable giveBack;

	private final long openedNanos;

	private final long reliefNanos;

	private final long ageNanos;

	private final long idleTimeoutNanos;

	private final FailureRow failures = new FailureRow();

	/** Who is not done with it: who dispatches, and the call. */
	private final AtomicInteger holders = new AtomicInteger();

	private volatile long idleSinceNanos;

	private volatile boolean used;

	private volatile boolean relieved;

	PooledConnection(Connection connection, PoolTerms terms, Consumer<PooledConnection> giveBack) {
		this.connection = connection;
		this.giveBack = () -> giveBack.accept(this);
		this.openedNanos = terms.ticker().nanos();
		this.reliefNanos = terms.reliefNanos();
		this.ageNanos = terms.ageNanos();
		this.idleTimeoutNanos = terms.settings().idleTimeout().toNanos();
		this.idleSinceNanos = this.openedNanos;
	}

	void dispatch(Call call) {
		this.used = true;
		this.holders.set(2);
		call.onOutcome(this);
		this.connection.dispatch(call);
		letGo();
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.failures.ended(call, outcome);
		letGo();
	}

	private void letGo() {
		if (this.holders.decrementAndGet() == 0) {
			this.connection.whenFree(this.giveBack);
		}
	}

	/** Whether it could be lent: open, and no answer is missing. */
	boolean isUsable() {
		return this.connection.state() == SinkState.OPEN;
	}

	/**
	 * Whether it is not to be lent any more, as old as it is or as long as it was idle.
	 */
	boolean isOver(long now) {
		return isTooOld(now) || idleNanos(now) >= this.idleTimeoutNanos;
	}

	boolean isTooOld(long now) {
		return this.relieved || now - this.openedNanos >= this.ageNanos;
	}

	/** Another has taken its place: as soon as it has no call it is closed. */
	void relieve() {
		this.relieved = true;
	}

	/**
	 * How long it takes until another should be opened to take its place, before it is
	 * too old.
	 * @param now the ticker's reading
	 * @return nanoseconds, not above zero when it is time; the largest number if it has
	 * no age, or another has taken its place
	 */
	long untilRelief(long now) {
		boolean lasts = this.reliefNanos == Long.MAX_VALUE || this.relieved;
		return (lasts) ? Long.MAX_VALUE : this.openedNanos + this.reliefNanos - now;
	}

	/** Whether its calls fail, one after the other. */
	boolean isFailing() {
		return this.failures.isLong();
	}

	/** Whether it has answered its latest call, and not long ago. */
	boolean isGood(long now) {
		return this.failures.isEmpty() && hasServed() && idleNanos(now) < GOOD_NANOS;
	}

	/** Whether a call was ever sent on it. */
	boolean isUsed() {
		return this.used;
	}

	boolean hasServed() {
		return this.connection.hasServed();
	}

	long idleNanos(long now) {
		return now - this.idleSinceNanos;
	}

	void idleSince(long now) {
		this.idleSinceNanos = now;
	}

	Connection connection() {
		return this.connection;
	}

	CompletionStage<Void> close(Duration grace) {
		return this.connection.close(grace);
	}

}
