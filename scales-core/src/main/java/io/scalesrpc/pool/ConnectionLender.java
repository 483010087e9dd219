package io.scalesrpc.pool;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.waiting.WaitingCalls;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Brings the calls and the idle connections of a pool together: a call that finds one
 * goes straight to it, the others wait in their order. <em>Confined to the pool's serial
 * executor</em>, but for {@link #dispatch}, {@link #again} and {@link #waiting}.
 */
final class ConnectionLender {

	/** A connection that was idle for longer is looked at again. */
	private static final long CHECKED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final PooledConnections pooledConnections;

	private final WaitingCalls calls;

	private final Ticker ticker;

	private final Runnable onWaiting;

	/** What becomes of calls when the pool has ended; null before. */
	private volatile @Nullable Consumer<Call> fate;

	/**
	 * Begins without calls.
	 * @param pooledConnections has the idle connections
	 * @param calls lets calls wait
	 * @param ticker tells how long connections were idle
	 * @param onWaiting told when a call has begun to wait
	 */
	ConnectionLender(PooledConnections pooledConnections, WaitingCalls calls, Ticker ticker, Runnable onWaiting) {
		this.pooledConnections = pooledConnections;
		this.calls = calls;
		this.ticker = ticker;
		this.onWaiting = onWaiting;
	}

	/** Sends a call, now or when it is its turn. Runs on any thread. */
	void dispatch(Call call) {
		boolean inTurn = this.calls.size() == 0 && this.fate == null;
		PooledConnection free = (inTurn) ? this.pooledConnections.takeIdle(this.ticker.nanos()) : null;
		if (free != null) {
			lend(free, call);
		}
		else {
			again(call);
		}
	}

	/** Lets a call look for a connection behind the others. Runs on any thread. */
	void again(Call call) {
		this.calls.enter(call, this::enqueue);
	}

	/**
	 * One that was idle for a while may have been closed by the peer: a request that
	 * cannot be repeated is worth another look.
	 */
	private void lend(PooledConnection free, Call call) {
		if (free.idleNanos(this.ticker.nanos()) < CHECKED_NANOS || call.options().get(Idempotence.KEY)) {
			free.dispatch(call);
			return;
		}
		free.connection().check(() -> {
			if (free.isUsable()) {
				free.dispatch(call);
			}
			else {
				again(call);
			}
		});
	}

	private void enqueue(Call call) {
		Consumer<Call> end = this.fate;
		if (end != null) {
			end.accept(call);
			return;
		}
		// One may have come back meanwhile.
		PooledConnection free = (this.calls.isEmpty()) ? this.pooledConnections.takeIdle(this.ticker.nanos()) : null;
		if (free != null) {
			lend(free, call);
			return;
		}
		this.calls.add(call);
		this.onWaiting.run();
	}

	/**
	 * Lends what is idle to those that wait.
	 * @return how many wait on
	 */
	int serve() {
		Call call = this.calls.first();
		while (call != null && lendTo(call)) {
			call = this.calls.first();
		}
		// Those on their way here look for an idle connection first.
		return this.calls.arrived();
	}

	/** Gives an idle connection to a call that waits; not so if there is none. */
	private boolean lendTo(Call call) {
		if (call.isEnded()) {
			this.calls.remove(call);
			return true;
		}
		PooledConnection free = this.pooledConnections.takeIdle(this.ticker.nanos());
		if (free == null) {
			return false;
		}
		this.calls.remove(call);
		lend(free, call);
		return true;
	}

	/** The pool has ended: nothing is lent any more. */
	void end(Consumer<Call> newFate) {
		this.fate = newFate;
		this.calls.end(newFate);
	}

	/** How many calls wait or are on their way to. Runs on any thread. */
	int waiting() {
		return this.calls.size();
	}

}
