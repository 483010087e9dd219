package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.call.WaitingCalls;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.UnsentCalls;

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

	/** A connection that was idle for longer is looked at again. */
	private static final long CHECKED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final PoolTerms terms;

	private final Growth growth;

	private final SerialExecutor serial;

	private final WaitingCalls waiting;

	private final Stock stock = new Stock();

	private final Alarm alarm;

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	/** Those who wait for a first connection without a call. */
	private final List<Runnable> openers = new ArrayList<>();

	private volatile boolean served;

	private final UnsentCalls unsent = new UnsentCalls();

	private volatile Status status = new Status(0, false, null);

	/**
	 * What other threads may know. <em>Immutable</em>.
	 *
	 * @param size how many connections there are
	 * @param closed whether no call is taken any more
	 * @param failure why, if it was not closed in good order
	 */
	private record Status(int size, boolean closed, @Nullable Failure failure) {
	}

	/**
	 * Creates a pool without connections.
	 * @param growth opens them
	 * @param terms how many, and for how long
	 */
	WatermarkPool(Growth growth, PoolTerms terms) {
		this.growth = growth;
		this.terms = terms;
		this.serial = new SerialExecutor(terms.loops());
		this.waiting = new WaitingCalls(this.serial, "one of " + high() + " connections", this::room);
		this.alarm = new Alarm(terms, this.serial, this::sweep);
	}

	/** Takes its first connection. */
	void begin(Connection first) {
		this.serial.execute(() -> add(first));
	}

	@Override
	public void dispatch(Call call) {
		boolean inTurn = this.waiting.size() == 0 && !this.status.closed();
		PooledConnection free = (inTurn) ? this.stock.takeIdle(now()) : null;
		if (free != null) {
			lend(free, call);
		}
		else {
			this.waiting.enter(call, this::enqueue);
		}
	}

	/**
	 * One that was idle for a while may have been closed by the peer: a request that
	 * cannot be repeated is worth another look.
	 */
	private void lend(PooledConnection free, Call call) {
		if (free.idleNanos(now()) < CHECKED_NANOS || call.options().get(Idempotence.KEY)) {
			free.dispatch(call);
			return;
		}
		free.connection().check(() -> {
			if (free.isUsable()) {
				free.dispatch(call);
			}
			else {
				this.waiting.enter(call, this::enqueue);
			}
		});
	}

	/** Opens a connection if there is none. */
	@Override
	public void open(Runnable over) {
		this.serial.execute(() -> {
			if (this.status.closed() || !this.stock.isEmpty()) {
				over.run();
				return;
			}
			this.openers.add(over);
			this.growth.grow(1, high(), new Opening());
		});
	}

	private void tellOpeners() {
		List<Runnable> told = List.copyOf(this.openers);
		this.openers.clear();
		told.forEach(Runnable::run);
	}

	@Override
	public SinkState state() {
		Status now = this.status;
		if (now.closed()) {
			return SinkState.CLOSED;
		}
		if (now.size() >= high() && this.stock.isBusy() && this.waiting.size() >= queue()) {
			return SinkState.BUSY;
		}
		return (now.size() == 0) ? SinkState.IDLE : SinkState.OPEN;
	}

	@Override
	public boolean hasServed() {
		return this.served;
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.unsent.to(taker);
	}

	@Override
	public boolean isDraining() {
		return false;
	}

	@Override
	public String problem() {
		int calls = this.waiting.size();
		return (calls == 0) ? "" : "calls waiting for one of " + this.status.size() + " connections: " + calls;
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.closed.whenComplete((nothing, ex) -> listener.accept(this.status.failure()));
	}

	/** Lets calls that have a connection finish; those that wait for one end now. */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.serial.execute(() -> {
			end(null, "the pool is closed");
			this.stock.close(grace);
		});
		return this.closed;
	}

	int idleConnections() {
		return this.stock.idle();
	}

	int busyConnections() {
		return Math.max(0, this.status.size() - this.stock.idle());
	}

	int waitingCalls() {
		return this.waiting.size();
	}

	private void enqueue(Call call) {
		if (this.status.closed()) {
			giveBack(call, "the pool is closed");
		}
		else {
			// One may have come back meanwhile.
			PooledConnection free = (this.waiting.isEmpty()) ? this.stock.takeIdle(now()) : null;
			if (free != null) {
				lend(free, call);
				return;
			}
			this.waiting.add(call);
			serve();
		}
	}

	/**
	 * How many may wait: those for whom a connection is or may be opened do not count.
	 */
	private int room() {
		return queue() + high() - this.status.size();
	}

	/** Brings calls and idle connections together, and opens what is missing. */
	private void serve() {
		if (this.status.closed()) {
			this.stock.closeIdle();
			return;
		}
		Call call = this.waiting.first();
		while (call != null && lendTo(call)) {
			call = this.waiting.first();
		}
		// Those on their way here look for an idle connection first.
		this.growth.grow(this.waiting.arrived(), high() - this.stock.size(), new Opening());
	}

	/** Gives an idle connection to a call that waits; not so if there is none. */
	private boolean lendTo(Call call) {
		if (call.isEnded()) {
			this.waiting.remove(call);
			return true;
		}
		PooledConnection free = this.stock.takeIdle(now());
		if (free == null) {
			return false;
		}
		this.waiting.remove(call);
		lend(free, call);
		return true;
	}

	private void opened(Connection connection) {
		this.growth.over();
		add(connection);
		serve();
		tellOpeners();
	}

	private void add(Connection connection) {
		PooledConnection pooled = new PooledConnection(connection, this.terms, this::giveBack);
		this.stock.add(pooled);
		sizeChanged();
		connection.onUnsent((call) -> this.waiting.enter(call, this::enqueue));
		connection.onClosed((reason) -> this.serial.execute(() -> gone(pooled, reason)));
		if (this.status.closed()) {
			pooled.close(Duration.ZERO);
			return;
		}
		this.stock.addIdle(pooled);
		this.alarm.ringIn(this.terms.settings().idleTimeout().toNanos());
	}

	private void notOpened(Failure failure) {
		this.growth.over();
		if (isEmpty()) {
			end(failure, failure.reason());
		}
		else if (!this.status.closed()) {
			this.growth.pause();
			this.alarm.ringIn(Growth.PAUSE_NANOS);
		}
		tellOpeners();
	}

	private void gone(PooledConnection connection, @Nullable Failure reason) {
		noteService(connection);
		this.stock.remove(connection);
		sizeChanged();
		if (this.stock.isEmpty()) {
			this.growth.resume();
		}
		boolean barren = reason != null && !connection.hasServed();
		if (isEmpty() && (barren || this.status.closed())) {
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
		if (!connection.isUsable() || connection.isTooOld(now)) {
			connection.close(Duration.ZERO);
			return;
		}
		connection.idleSince(now);
		this.stock.addIdle(connection);
		// Whoever began to wait, or to close, before that looks for it himself.
		if (this.waiting.size() > 0 || this.status.closed()) {
			this.serial.execute(this::serve);
		}
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
		int used = this.stock.sweep(now());
		serve();
		int kept = Math.min(used, this.terms.settings().low() - this.stock.staying());
		if (kept > 0 && !this.status.closed()) {
			this.growth.grow(kept, high(), new Opening());
		}
		if (!this.stock.isEmpty()) {
			this.alarm.ringIn(this.stock.untilNext(now(), this.terms.settings().idleTimeout().toNanos()));
		}
	}

	/** Takes no more calls; the end itself comes with that of the last connection. */
	private void end(@Nullable Failure failure, String reason) {
		if (!this.status.closed()) {
			this.status = new Status(this.stock.size(), true, failure);
			this.alarm.cancel();
			this.waiting.end((call) -> giveBack(call, reason));
			tellOpeners();
		}
		this.stock.closeIdle();
		if (isEmpty()) {
			this.closed.complete(null);
		}
	}

	private void giveBack(Call call, String reason) {
		Failure failure = this.status.failure();
		this.unsent.giveBack(call, reason, (failure != null) ? failure.cause() : null);
	}

	private boolean isEmpty() {
		return this.stock.isEmpty() && this.growth.opening() == 0;
	}

	private void sizeChanged() {
		Status now = this.status;
		this.status = new Status(this.stock.size(), now.closed(), now.failure());
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
		return "pool of " + this.growth;
	}

	/** Waits for one connection. <em>Thread-safe</em>. */
	private final class Opening implements Listener {

		@Override
		public void opened(Connection connection) {
			WatermarkPool.this.serial.execute(() -> WatermarkPool.this.opened(connection));
		}

		@Override
		public void failed(Failure failure) {
			WatermarkPool.this.serial.execute(() -> notOpened(failure));
		}

	}

}
