package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.call.waiting.WaitingCalls;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one member where each takes one call at a time; the word is that of
 * Scales, whose watermarks it has. A call gets an idle connection, or one that is opened
 * for it while there are fewer than the high mark, or waits in a bounded queue, which it
 * leaves when it ends. A connection comes back when its call has ended, nothing of an
 * answer is still coming and none is missing; otherwise it is closed, and counts until it
 * is.
 * <p>
 * To whoever keeps it the pool is one connection, idle while it has none itself. It ends
 * by itself when its last connection was lost before it had answered anything, or when it
 * gets none; whatever else happens to a connection ends nothing but that one's call.
 * <p>
 * <em>Thread-safe</em>: a call that finds an idle connection goes straight to it; all
 * else is serial and holds no lock.
 */
final class WatermarkPool implements Connection {

	private final PoolTerms terms;

	private final PoolGrowth poolGrowth;

	private final SerialExecutor serial;

	private final SerialListener opening;

	private final PooledConnections pooledConnections = new PooledConnections();

	private final ConnectionLender connectionLender;

	private final SweepTimer sweepTimer;

	private final PoolEnd end = new PoolEnd();

	/** Those who wait for a first connection without a call. */
	private final List<Runnable> openers = new ArrayList<>();

	private volatile boolean served;

	/** Whose place the connection that is being opened takes. */
	private @Nullable PooledConnection relieved;

	/** When a connection was last closed because its calls failed. */
	private final AtomicLong judgedNanos;

	/** How many connections there are, as other threads may know. */
	private volatile int size;

	/**
	 * Creates a pool without connections.
	 * @param poolGrowth opens them
	 * @param terms how many, and for how long
	 */
	WatermarkPool(PoolGrowth poolGrowth, PoolTerms terms) {
		this.poolGrowth = poolGrowth;
		this.terms = terms;
		this.serial = new SerialExecutor(terms.loops());
		this.opening = new SerialListener(this.serial, this::opened, this::notOpened);
		this.connectionLender = new ConnectionLender(this.pooledConnections,
				new WaitingCalls(this.serial, "one of " + high() + " connections", this::room), terms.ticker(),
				this::serve);
		this.judgedNanos = new AtomicLong(terms.ticker().nanos() - FailureRow.PAUSE_NANOS);
		this.sweepTimer = new SweepTimer(terms.ticker(), terms.timer(), this.serial, this::sweep);
	}

	/** Takes its first connection. */
	void begin(Connection first) {
		this.serial.execute(() -> {
			add(first);
			relieve();
		});
	}

	@Override
	public void dispatch(Call call) {
		this.connectionLender.dispatch(call);
	}

	/** Opens a connection if there is none. */
	@Override
	public void open(Runnable over) {
		this.serial.execute(() -> {
			if (this.end.hasBegun() || !this.pooledConnections.isEmpty()) {
				over.run();
				return;
			}
			this.openers.add(over);
			this.poolGrowth.grow(1, high(), this.opening);
		});
	}

	private void tellOpeners() {
		List<Runnable> told = List.copyOf(this.openers);
		this.openers.clear();
		told.forEach(Runnable::run);
	}

	@Override
	public SinkState state() {
		if (this.end.hasBegun()) {
			return SinkState.CLOSED;
		}
		int known = this.size;
		if (known >= high() && this.pooledConnections.isBusy() && this.connectionLender.waiting() >= queue()) {
			return SinkState.BUSY;
		}
		return (known == 0) ? SinkState.IDLE : SinkState.OPEN;
	}

	@Override
	public int connections() {
		return this.size;
	}

	@Override
	public boolean hasServed() {
		return this.served;
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.end.unsent().to(taker);
	}

	@Override
	public boolean isDraining() {
		return false;
	}

	@Override
	public String problem() {
		int calls = this.connectionLender.waiting();
		return (calls == 0) ? "" : "calls waiting for one of " + this.size + " connections: " + calls;
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.end.tell(listener);
	}

	/** Lets calls that have a connection finish; those that wait for one end now. */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.serial.execute(() -> {
			end(null, "the pool is closed");
			this.pooledConnections.close(grace);
		});
		return this.end.over();
	}

	int idleConnections() {
		return this.pooledConnections.idle();
	}

	int busyConnections() {
		return Math.max(0, this.size - this.pooledConnections.idle());
	}

	int waitingCalls() {
		return this.connectionLender.waiting();
	}

	/**
	 * How many may wait: those for whom a connection is or may be opened do not count.
	 */
	private int room() {
		return queue() + high() - this.size;
	}

	/** Brings calls and idle connections together, and opens what is missing. */
	private void serve() {
		if (this.end.hasBegun()) {
			this.pooledConnections.closeIdle();
			return;
		}
		this.poolGrowth.grow(this.connectionLender.serve(), high() - this.pooledConnections.size(), this.opening);
	}

	private void opened(Connection connection) {
		this.poolGrowth.over();
		add(connection);
		PooledConnection old = this.relieved;
		this.relieved = null;
		if (old != null) {
			this.pooledConnections.relieve(old);
		}
		serve();
		tellOpeners();
		relieve();
	}

	private void add(Connection connection) {
		PooledConnection pooled = new PooledConnection(connection, this.terms, this::giveBack);
		this.pooledConnections.add(pooled);
		this.size = this.pooledConnections.size();
		connection.onUnsent(this.connectionLender::again);
		connection.onClosed((reason) -> this.serial.execute(() -> gone(pooled, reason)));
		if (this.end.hasBegun()) {
			pooled.close(Duration.ZERO);
			return;
		}
		this.pooledConnections.addIdle(pooled);
		this.sweepTimer.ringIn(this.terms.settings().idleTimeout().toNanos());
	}

	private void notOpened(Failure failure) {
		this.poolGrowth.over();
		this.relieved = null;
		if (isEmpty()) {
			end(failure, failure.reason());
		}
		else if (!this.end.hasBegun()) {
			this.poolGrowth.pause();
			this.sweepTimer.ringIn(PoolGrowth.PAUSE_NANOS);
		}
		tellOpeners();
	}

	private void gone(PooledConnection connection, @Nullable Failure reason) {
		noteService(connection);
		this.pooledConnections.remove(connection);
		this.size = this.pooledConnections.size();
		if (this.pooledConnections.isEmpty()) {
			this.poolGrowth.resume();
		}
		boolean barren = reason != null && !connection.hasServed();
		if (isEmpty() && (barren || this.end.hasBegun())) {
			end(reason, (reason != null) ? reason.reason() : "closed");
		}
		else {
			serve();
		}
	}

	/** Runs on any thread. */
	private void giveBack(PooledConnection connection) {
		long now = now();
		noteService(connection);
		if (!connection.isUsable() || connection.isTooOld(now) || isAloneInFailing(connection, now)) {
			connection.close(Duration.ZERO);
			return;
		}
		connection.idleSince(now);
		this.pooledConnections.addIdle(connection);
		// Whoever began to wait, or to close, before that looks for it himself.
		if (this.connectionLender.waiting() > 0 || this.end.hasBegun()) {
			this.serial.execute(this::serve);
		}
	}

	/**
	 * Behind one address there may be several servers: a connection whose calls fail goes
	 * if others have answered. Where calls fail on all now and then it is seldom.
	 */
	private boolean isAloneInFailing(PooledConnection connection, long now) {
		if (!connection.isFailing() || !this.pooledConnections.hasGoodOne(now)) {
			return false;
		}
		long last = this.judgedNanos.get();
		return now - last >= FailureRow.PAUSE_NANOS && this.judgedNanos.compareAndSet(last, now);
	}

	/** Reads before it writes: every call comes here. */
	private void noteService(PooledConnection connection) {
		if (!this.served && connection.hasServed()) {
			this.served = true;
		}
	}

	/**
	 * Up to the low mark a connection that is closed is replaced by a fresh one, but one
	 * that nobody has used is not: a pool without calls ends up without connections.
	 */
	private void sweep() {
		int used = this.pooledConnections.sweep(now());
		serve();
		int kept = Math.min(used, this.terms.settings().low() - this.pooledConnections.staying());
		if (kept > 0 && !this.end.hasBegun()) {
			this.poolGrowth.grow(kept, high(), this.opening);
		}
		relieve();
		if (!this.pooledConnections.isEmpty()) {
			this.sweepTimer
				.ringIn(this.pooledConnections.untilNext(now(), this.terms.settings().idleTimeout().toNanos()));
		}
	}

	/**
	 * Opens a connection in place of one that is about to be too old, so that no call
	 * waits for it; where there is no room for one more the old one goes first.
	 */
	private void relieve() {
		long until = this.pooledConnections.untilRelief(now());
		if (until == Long.MAX_VALUE || this.end.hasBegun()) {
			return;
		}
		PooledConnection old = (until <= 0 && this.poolGrowth.opening() == 0) ? this.pooledConnections.toRelieve(now())
				: null;
		if (old != null && this.pooledConnections.size() >= high()) {
			this.pooledConnections.relieve(old);
		}
		else if (old != null) {
			this.poolGrowth.grow(1, 1, this.opening);
			this.relieved = (this.poolGrowth.opening() > 0) ? old : null;
		}
		this.sweepTimer.ringIn((until > 0) ? until : PoolGrowth.PAUSE_NANOS);
	}

	/** Takes no more calls; the end itself comes with that of the last connection. */
	private void end(@Nullable Failure failure, String reason) {
		if (this.end.begin(failure)) {
			this.sweepTimer.cancel();
			this.connectionLender.end((call) -> this.end.giveBack(call, reason));
			tellOpeners();
		}
		this.pooledConnections.closeIdle();
		if (isEmpty()) {
			this.end.complete();
		}
	}

	private boolean isEmpty() {
		return this.pooledConnections.isEmpty() && this.poolGrowth.opening() == 0;
	}

	private long now() {
		return this.terms.ticker().nanos();
	}

	private int high() {
		return this.terms.settings().high();
	}

	private int queue() {
		return this.terms.settings().queue();
	}

	@Override
	public String toString() {
		return "pool of " + this.poolGrowth;
	}

}
