package io.scalesrpc.timeout;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client that have not ended, and what ends those whose deadline passes.
 * Nearly all are answered long before, so that they share one timeout, that of the
 * earliest deadline: when it comes the table is looked through, and the next is that of
 * the earliest of those that are there then. A call costs a place in the table and no
 * object.
 * <p>
 * <em>Thread-safe</em>, without locks. A call is watched before its deadline is compared
 * with the time of the next look, and a look first says that there is none: either the
 * look finds the call, or the call finds that a look is to be made.
 */
@Internal
public final class RunningCalls {

	/** The places that are made at once. */
	static final int SEGMENT = 256;

	private static final AtomicReferenceFieldUpdater<RunningCalls, Segment[]> SEGMENTS = AtomicReferenceFieldUpdater
		.newUpdater(RunningCalls.class, Segment[].class, "segments");

	private final Timer timer;

	private final Ticker ticker;

	private final Supplier<String> problem;

	/**
	 * A power of two of them, or none. Made as they are needed, and kept: there are at
	 * most four times as many places as there were calls at a time.
	 */
	private volatile Segment[] segments = new Segment[0];

	/** Null while no deadline is waited for. */
	private final AtomicReference<@Nullable Look> planned = new AtomicReference<>();

	/** Which place is tried first. Any will do, whatever thread has written it. */
	private int next;

	/**
	 * No calls.
	 * @param timer wakes it when a deadline passes
	 * @param ticker the clock of the deadlines
	 * @param problem asked when a deadline has passed: why nobody can be reached, in a
	 * line; empty if somebody can
	 */
	public RunningCalls(Timer timer, Ticker ticker, Supplier<String> problem) {
		this.timer = timer;
		this.ticker = ticker;
		this.problem = problem;
	}

	/**
	 * Takes a call that has just begun.
	 * @param call a call that is in no such table
	 */
	void add(Call call) {
		Segment[] all = this.segments;
		while (!isTaken(all, call)) {
			grow(all);
			all = this.segments;
		}
	}

	/**
	 * Goes round the table, so that the places that come next were taken longest ago and
	 * are free as a rule.
	 */
	private boolean isTaken(Segment[] all, Call call) {
		int places = all.length * SEGMENT;
		int first = this.next;
		for (int i = 0; i < places; i++) {
			int place = (first + i) & (places - 1);
			if (all[place / SEGMENT].take(place % SEGMENT, call)) {
				this.next = place + 1;
				call.place(place + 1);
				if (i > places / 2) {
					grow(all);
				}
				return true;
			}
		}
		return false;
	}

	/** Doubles the places; those of others stay where they are. */
	private void grow(Segment[] few) {
		Segment[] many = Arrays.copyOf(few, Math.max(1, 2 * few.length));
		for (int i = few.length; i < many.length; i++) {
			many[i] = new Segment();
		}
		SEGMENTS.compareAndSet(this, few, many);
	}

	/**
	 * Lets go of a call, which has ended.
	 * @param call a call that was {@linkplain #add added}
	 */
	void remove(Call call) {
		int place = call.place() - 1;
		this.segments[place / SEGMENT].free(place % SEGMENT);
	}

	/**
	 * How many calls there are.
	 * @return zero or more; none is missed that was there all the time
	 */
	int count() {
		int[] count = { 0 };
		forEach((call) -> count[0]++);
		return count[0];
	}

	int places() {
		return this.segments.length * SEGMENT;
	}

	/**
	 * Whether there is no call.
	 * @return {@code true} if none was there all the time
	 */
	boolean isEmpty() {
		return count() == 0;
	}

	/**
	 * Looks at all calls.
	 * @param consumer told each that is there all the time, and maybe some that come or
	 * go meanwhile; it may end them
	 */
	void forEach(Consumer<Call> consumer) {
		for (Segment segment : this.segments) {
			segment.forEach(false, consumer);
		}
	}

	/**
	 * Sees to it that a call ends when its deadline passes: at the earliest then, one
	 * tick of the timer later at the latest.
	 * @param call a call that is here
	 * @param now the ticker's reading
	 * @throws IllegalStateException if the timer is closed and nothing is waited for
	 */
	void expires(Call call, long now) {
		if (!awaits(call)) {
			lookAt(call.deadline().expiryNanos(), now);
		}
	}

	/**
	 * Sees to it that a call ends when its deadline passes, if no other look is needed
	 * for it than the one that will be made.
	 * @param call a call that is here
	 * @return whether its deadline is not earlier than one that has not passed
	 */
	boolean awaits(Call call) {
		int place = call.place() - 1;
		this.segments[place / SEGMENT].watch(place % SEGMENT);
		Look next = this.planned.get();
		return next != null && call.deadline().expiryNanos() - next.due >= 0;
	}

	private void lookAt(long due, long now) {
		Look planned = this.planned.get();
		while (planned == null || due - planned.due < 0) {
			Look mine = new Look(due);
			Look found = this.planned.compareAndExchange(planned, mine);
			if (found == planned) {
				if (planned != null) {
					planned.callOff();
				}
				schedule(mine, now);
				return;
			}
			planned = found;
		}
	}

	private void schedule(Look look, long now) {
		try {
			look.timeout = this.timer.schedule(look, look.due - now, TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			this.planned.compareAndSet(look, null);
			throw ex;
		}
	}

	/** Waits for no deadline any more: whoever closes the client ends its calls. */
	void stop() {
		Look last = this.planned.getAndSet(null);
		if (last != null) {
			last.callOff();
		}
	}

	private void look(Look due) {
		if (!this.planned.compareAndSet(due, null)) {
			return;
		}
		long now = this.ticker.nanos();
		EarliestDeadline earliest = new EarliestDeadline();
		for (Segment segment : this.segments) {
			segment.forEach(true, (call) -> {
				if (call.deadline().isExpired(now)) {
					DeadlineFilter.expire(call, this.problem);
				}
				else {
					earliest.add(call);
				}
			});
		}
		Call first = earliest.call;
		if (first != null) {
			lookAt(first.deadline().expiryNanos(), now);
		}
	}

	/** Whose deadline passes first. <em>Confined to the thread</em> that looks. */
	private static final class EarliestDeadline {

		@Nullable Call call;

		void add(Call other) {
			if (this.call == null || other.deadline().expiryNanos() - this.call.deadline().expiryNanos() < 0) {
				this.call = other;
			}
		}

	}

	/** The time at which the calls are looked through. <em>Thread-safe</em>. */
	private final class Look implements Runnable {

		private final long due;

		/** Not there yet while it is being scheduled: then it runs in vain. */
		private volatile @Nullable Timeout timeout;

		Look(long due) {
			this.due = due;
		}

		void callOff() {
			Timeout waiting = this.timeout;
			if (waiting != null) {
				waiting.cancel();
			}
		}

		@Override
		public void run() {
			look(this);
		}

	}

	/**
	 * Some places, and which of their calls have come to the stage that ends them in
	 * time. Those above it have somebody else who does, with more to say.
	 * <em>Thread-safe</em>.
	 */
	private static final class Segment extends AtomicReferenceArray<@Nullable Call> {

		private static final long serialVersionUID = 1;

		private final AtomicIntegerArray watched = new AtomicIntegerArray(SEGMENT);

		Segment() {
			super(SEGMENT);
		}

		boolean take(int index, Call call) {
			return get(index) == null && compareAndSet(index, null, call);
		}

		void watch(int index) {
			this.watched.set(index, 1);
		}

		void free(int index) {
			this.watched.lazySet(index, 0);
			set(index, null);
		}

		void forEach(boolean ofWatched, Consumer<Call> consumer) {
			for (int i = 0; i < SEGMENT; i++) {
				Call call = get(i);
				if (call != null && (!ofWatched || this.watched.get(i) == 1)) {
					consumer.accept(call);
				}
			}
		}

	}

}
