package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * The connections to one member where calls share them, behind whose address there may be
 * many servers. A call goes to the one with the fewest calls; among equals they take
 * turns. The others are opened once the first stands, one after the other.
 * <p>
 * A connection that is too old or drains, or whose calls fail while its neighbours' are
 * answered, is replaced: those that are too old once the next one stands, so that the
 * member is never without. What it has it finishes. While none can be opened the old one
 * stays.
 * <p>
 * To whoever keeps it the pool is one connection. It takes no more calls when its last
 * connection has ended or drains; it is over when nothing is left of any.
 * <p>
 * <em>Thread-safe</em>: a call goes straight to its connection; all else is serial and
 * holds no lock.
 */
final class SharedPool implements Connection {

	/** A bound for connections that drain and do not end by themselves. */
	private static final Duration RETIREMENT = Duration.ofMinutes(10);

	private final Member member;

	private final ConnectionFactory connections;

	private final SharedTerms terms;

	private final SerialExecutor serial;

	private final SerialListener listener;

	private final SweepTimer sweepTimer;

	private final PoolEnd end = new PoolEnd();

	/** Those that take calls, as long as they can; written by the serial executor. */
	private volatile List<SharedConnection> live = List.of();

	/** Those that only finish what they have; touched by the serial executor. */
	private final Set<SharedConnection> retired = new HashSet<>();

	/**
	 * Whether there are any of those, or the last one is still being opened, as other
	 * threads may know: the pool is not over when none is live.
	 */
	private volatile boolean lingers;

	private final AtomicInteger turn = new AtomicInteger();

	private volatile boolean served;

	private boolean opening;

	/** Openings in a row that failed, or came to nothing. */
	private int failures;

	/** When the next opening may be, if there were failures. */
	private long retryNanos;

	/** When a connection was last replaced because its calls failed; null for never. */
	private @Nullable Long judgedNanos;

	SharedPool(Member member, ConnectionFactory connections, SharedTerms terms) {
		this.member = member;
		this.connections = connections;
		this.terms = terms;
		this.serial = new SerialExecutor(terms.loops());
		this.listener = new SerialListener(this.serial, this::opened, (failure) -> failed());
		this.sweepTimer = new SweepTimer(terms.ticker(), terms.timer(), this.serial, this::maintain);
	}

	/** Takes its first connection. It has it when this returns. */
	void begin(Connection first) {
		SharedConnection shared = shared(first);
		this.live = List.of(shared);
		this.serial.execute(() -> {
			watch(shared);
			maintain();
		});
	}

	@Override
	public void dispatch(Call call) {
		List<SharedConnection> all = this.live;
		if (all.isEmpty()) {
			this.end.giveBack(call, "the connections have ended");
			return;
		}
		SharedConnection best = (all.size() == 1) ? all.get(0) : best(all);
		// One that cannot take it gives it back, or says why.
		((best != null) ? best : all.get(0)).dispatch(call);
	}

	private @Nullable SharedConnection best(List<SharedConnection> all) {
		int first = Math.floorMod(this.turn.getAndIncrement(), all.size());
		SharedConnection best = null;
		boolean drains = false;
		for (int i = 0; i < all.size(); i++) {
			SharedConnection next = all.get((first + i) % all.size());
			boolean better = best == null || next.state().compareTo(best.state()) < 0
					|| (next.state() == best.state() && next.load() < best.load());
			if (next.isDraining()) {
				drains = true;
			}
			else if (better && next.state() != SinkState.CLOSED) {
				best = next;
			}
		}
		if (drains && best != null) {
			this.serial.execute(this::maintain);
		}
		return best;
	}

	/** A call that a connection did not send. */
	private void again(Call call) {
		if (state() == SinkState.OPEN) {
			dispatch(call);
		}
		else {
			this.end.giveBack(call, "the connections have ended");
		}
	}

	@Override
	public SinkState state() {
		SinkState best = SinkState.CLOSED;
		boolean drains = this.lingers;
		List<SharedConnection> all = this.live;
		for (int i = 0; i < all.size(); i++) {
			SinkState its = all.get(i).state();
			drains |= all.get(i).isDraining();
			best = (its.compareTo(best) < 0) ? its : best;
		}
		return (best == SinkState.CLOSED && drains) ? SinkState.BUSY : best;
	}

	/** Nobody takes calls, and what was sent goes on. */
	@Override
	public boolean isDraining() {
		boolean drains = this.lingers;
		List<SharedConnection> all = this.live;
		for (int i = 0; i < all.size(); i++) {
			if (all.get(i).isDraining()) {
				drains = true;
			}
			else if (all.get(i).state() != SinkState.CLOSED) {
				return false;
			}
		}
		return drains;
	}

	@Override
	public int connections() {
		return this.live.size();
	}

	@Override
	public boolean hasServed() {
		return this.served || this.live.stream().anyMatch((one) -> one.connection().hasServed());
	}

	@Override
	public String problem() {
		int count = this.live.size();
		int wanted = this.terms.settings().connectionsPerMember();
		return (count == 0 || count >= wanted) ? "" : count + " of " + wanted + " connections";
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.end.unsent().to(taker);
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.end.tell(listener);
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.serial.execute(() -> {
			end(null);
			this.live.forEach((one) -> one.close(grace));
			List.copyOf(this.retired).forEach((one) -> one.close(grace));
		});
		return this.end.over();
	}

	private SharedConnection shared(Connection connection) {
		return new SharedConnection(connection, this.terms.dueNanos(), this::suspect);
	}

	private void watch(SharedConnection one) {
		one.connection().onUnsent(this::again);
		one.connection().onClosed((reason) -> this.serial.execute(() -> gone(one, reason)));
	}

	/** Opens what is missing, and what takes the place of others; one at a time. */
	private void maintain() {
		if (this.end.hasBegun() || this.opening || this.live.isEmpty()) {
			return;
		}
		long now = this.terms.ticker().nanos();
		boolean wanted = this.live.size() < this.terms.settings().connectionsPerMember() || oldest(now) != null;
		long wait = (this.failures > 0) ? this.retryNanos - now : 0;
		if (wanted && wait <= 0) {
			this.opening = true;
			this.connections.open(this.member, this.listener);
		}
		else if (wanted) {
			this.sweepTimer.ringIn(wait);
		}
		else if (this.terms.hasAge()) {
			this.live.forEach((one) -> this.sweepTimer.ringIn(Math.max(1, one.dueNanos() - now)));
		}
	}

	/** Who is to be replaced next; null if nobody is. */
	private @Nullable SharedConnection oldest(long now) {
		return this.live.stream()
			.filter((one) -> one.isDraining() || (this.terms.hasAge() && one.dueNanos() - now <= 0))
			.min(Comparator.comparing((SharedConnection one) -> !one.isDraining())
				.thenComparing((one) -> one.dueNanos() - now))
			.orElse(null);
	}

	private void opened(Connection connection) {
		if (this.end.hasBegun()) {
			connection.close(Duration.ZERO).whenComplete((nothing, ex) -> this.serial.execute(() -> {
				this.opening = false;
				endIfEmpty();
			}));
			return;
		}
		this.opening = false;
		SharedConnection one = shared(connection);
		SharedConnection replaced = (this.live.size() < this.terms.settings().connectionsPerMember()) ? null
				: oldest(this.terms.ticker().nanos());
		List<SharedConnection> more = new ArrayList<>(this.live);
		more.add(one);
		this.live = List.copyOf(more);
		watch(one);
		if (replaced != null) {
			retire(replaced);
		}
		maintain();
	}

	private void failed() {
		this.opening = false;
		if (this.end.hasBegun()) {
			endIfEmpty();
			return;
		}
		delay();
		maintain();
	}

	private void delay() {
		this.failures++;
		this.retryNanos = this.terms.ticker().nanos() + this.terms.backoff().nanosAfter(this.failures);
	}

	private void retire(SharedConnection one) {
		leave(one);
		this.retired.add(one);
		this.lingers = true;
		one.close(RETIREMENT);
	}

	private void leave(SharedConnection one) {
		if (one.connection().hasServed()) {
			this.served = true;
			this.failures = 0;
		}
		this.live = this.live.stream().filter((other) -> other != one).toList();
	}

	private void gone(SharedConnection one, @Nullable Failure reason) {
		this.retired.remove(one);
		if (this.live.contains(one)) {
			leave(one);
			if (!one.connection().hasServed()) {
				delay();
			}
			if (this.live.isEmpty()) {
				end(reason);
			}
			maintain();
		}
		endIfEmpty();
	}

	/** Runs on any thread, for calls that fail only. */
	private void suspect(SharedConnection one) {
		if (hasGoodNeighbour(one)) {
			this.serial.execute(() -> judge(one));
		}
	}

	private boolean hasGoodNeighbour(SharedConnection one) {
		return this.live.stream()
			.anyMatch((other) -> other != one && other.isGood() && other.state() == SinkState.OPEN);
	}

	private void judge(SharedConnection one) {
		long now = this.terms.ticker().nanos();
		Long last = this.judgedNanos;
		boolean paused = last != null && now - last < FailureRow.PAUSE_NANOS;
		if (!paused && !this.end.hasBegun() && this.live.contains(one) && hasGoodNeighbour(one)) {
			this.judgedNanos = now;
			retire(one);
			maintain();
		}
	}

	private void end(@Nullable Failure reason) {
		if (this.end.begin(reason)) {
			this.sweepTimer.cancel();
		}
		endIfEmpty();
	}

	private void endIfEmpty() {
		this.lingers = !this.retired.isEmpty() || (this.opening && this.end.hasBegun());
		if (this.end.hasBegun() && this.live.isEmpty() && this.retired.isEmpty() && !this.opening) {
			this.end.complete();
		}
	}

	@Override
	public String toString() {
		return "shared pool of " + this.member;
	}

}
