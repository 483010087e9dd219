package io.scalesrpc.call.waiting;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.OwnObserver;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for something, first come first served. A call that ends meanwhile,
 * above all by its deadline, leaves. <em>Confined to the serial executor it was created
 * with</em>, but for {@link #enter} and {@link #size()}, which are thread-safe: whoever
 * comes when the queue is full is refused without a task of the executor, so that an
 * overload neither queues up there nor keeps anybody.
 */
@Internal
public final class WaitingCalls {

	private final Executor serial;

	private final String awaited;

	private final IntSupplier capacity;

	/** Null if calls wait on, and it is for their deadline to end them. */
	private final @Nullable Supplier<String> reason;

	private final Map<Call, Place> places = new LinkedHashMap<>();

	/** How many calls there are, those included that are on their way here. */
	private final AtomicInteger size = new AtomicInteger();

	/**
	 * Whether the call that has just come here counts and has no place. Touched by the
	 * serial executor only.
	 */
	private boolean arriving;

	/** Those who wait for the end without a call. */
	private final List<Runnable> others = new ArrayList<>();

	/**
	 * Creates an empty queue.
	 * @param serial runs what touches the queue, one at a time
	 * @param awaited what the calls wait for, as errors say it
	 * @param capacity how many may wait
	 */
	public WaitingCalls(Executor serial, String awaited, int capacity) {
		this(serial, awaited, () -> capacity, null);
	}

	/**
	 * Creates an empty queue of calls that are given up, and never sent, when their time
	 * is over: they end as {@link FailureKind#NOT_SENT}.
	 * @param serial runs what touches the queue, one at a time
	 * @param awaited what the calls wait for, as errors say it
	 * @param capacity how many may wait
	 * @param reason why there was nothing to be had in time; asked on any thread
	 */
	public WaitingCalls(Executor serial, String awaited, int capacity, Supplier<String> reason) {
		this(serial, awaited, () -> capacity, reason);
	}

	/**
	 * Creates an empty queue whose capacity changes.
	 * @param serial runs what touches the queue, one at a time
	 * @param awaited what the calls wait for, as errors say it
	 * @param capacity how many may wait now; asked on any thread
	 */
	public WaitingCalls(Executor serial, String awaited, IntSupplier capacity) {
		this(serial, awaited, capacity, null);
	}

	private WaitingCalls(Executor serial, String awaited, IntSupplier capacity, @Nullable Supplier<String> reason) {
		this.serial = serial;
		this.awaited = awaited;
		this.capacity = capacity;
		this.reason = reason;
	}

	/**
	 * Brings a call to the executor, where it may be told to wait; on any thread. If too
	 * many wait, or are on their way, the call ends here and now.
	 * @param call the call
	 * @param inside decides there what becomes of the call
	 */
	public void enter(Call call, Consumer<Call> inside) {
		int most = this.capacity.getAsInt();
		int before = this.size.getAndIncrement();
		if (before >= most) {
			this.size.decrementAndGet();
			refuse(call, before, most);
			return;
		}
		Place way = (this.reason != null) ? new Place() : null;
		if (way != null) {
			call.onOutcome(way);
		}
		this.serial.execute(() -> {
			// It counts until it is known what becomes of it: nobody may overtake it.
			this.arriving = true;
			if (way == null || way.leave()) {
				inside.accept(call);
			}
			if (this.arriving) {
				this.arriving = false;
				this.size.decrementAndGet();
			}
		});
	}

	/**
	 * Lets a call wait, or ends it if too many wait.
	 * @param call the call
	 */
	public void add(Call call) {
		int most = this.capacity.getAsInt();
		if (this.places.size() >= most) {
			refuse(call, this.places.size(), most);
			return;
		}
		Place place = new Place();
		this.places.put(call, place);
		if (this.arriving) {
			this.arriving = false;
		}
		else {
			this.size.incrementAndGet();
		}
		call.onOutcome(place);
	}

	private void refuse(Call call, int waiting, int most) {
		call.end(Failure.of(FailureKind.NOT_SENT,
				"calls waiting for " + this.awaited + ": " + waiting + " (expected: fewer than " + most + ")"));
	}

	/** Another attempt may have time left that this one has not. */
	private static void giveUp(Call call, String why) {
		boolean last = call.deadline().expiryNanos() == call.totalDeadline().expiryNanos();
		call.end(last ? Failure.withheld(why) : Failure.of(FailureKind.NOT_SENT, why));
	}

	/**
	 * Lets somebody without a call wait.
	 * @param over told when the waiting is over
	 */
	public void add(Runnable over) {
		this.others.add(over);
	}

	/**
	 * Takes those that came first.
	 * @param most how many at most
	 * @return the first to come first
	 */
	public List<Call> take(int most) {
		List<Call> taken = new ArrayList<>();
		for (Iterator<Map.Entry<Call, Place>> all = this.places.entrySet().iterator(); all.hasNext()
				&& taken.size() < most;) {
			Map.Entry<Call, Place> next = all.next();
			all.remove();
			this.size.decrementAndGet();
			if (next.getValue().leave()) {
				taken.add(next.getKey());
			}
		}
		return taken;
	}

	/**
	 * Looks at the call that came first.
	 * @return the call, or {@code null} if none waits
	 */
	public @Nullable Call first() {
		return (this.places.isEmpty()) ? null : this.places.keySet().iterator().next();
	}

	/**
	 * Lets a call go.
	 * @param call the call; it need not be there
	 */
	public void remove(Call call) {
		Place place = this.places.remove(call);
		if (place != null) {
			place.leave();
			this.size.decrementAndGet();
		}
	}

	/**
	 * How many calls wait or are on their way here, as any thread may ask.
	 * @return zero or more
	 */
	public int size() {
		return this.size.get();
	}

	/**
	 * How many calls wait; those on their way here do not count.
	 * @return zero or more
	 */
	public int arrived() {
		return this.places.size();
	}

	/**
	 * Whether a call waits.
	 * @param call any call
	 * @return {@code true} from {@link #add} on until it leaves
	 */
	public boolean contains(Call call) {
		return this.places.containsKey(call);
	}

	/**
	 * Whether no call waits.
	 * @return {@code true} if there is none
	 */
	public boolean isEmpty() {
		return this.places.isEmpty();
	}

	/**
	 * The waiting is over.
	 * @param fate what becomes of the calls, the first to come first; the others are told
	 * afterwards
	 */
	public void end(Consumer<Call> fate) {
		List<Call> ended = take(Integer.MAX_VALUE);
		List<Runnable> told = List.copyOf(this.others);
		this.others.clear();
		ended.forEach(fate);
		told.forEach(Runnable::run);
	}

	/**
	 * The place of a call: it leaves, or it is given up, not both. One that has left
	 * costs the executor nothing when it ends. <em>Thread-safe</em>.
	 */
	private final class Place extends OwnObserver {

		private final AtomicReference<PlaceState> state = new AtomicReference<>(PlaceState.WAITING);

		/** Lets the call go, unless it was given up. */
		boolean leave() {
			return this.state.compareAndSet(PlaceState.WAITING, PlaceState.LEFT);
		}

		@Override
		protected void expired(Call call) {
			Supplier<String> why = WaitingCalls.this.reason;
			if (why != null && this.state.compareAndSet(PlaceState.WAITING, PlaceState.GIVEN_UP)) {
				giveUp(call, why.get());
			}
		}

		@Override
		public void ended(Call call, Outcome outcome) {
			if (this.state.get() != PlaceState.LEFT) {
				WaitingCalls.this.serial.execute(() -> remove(call));
			}
		}

	}

	/** What has become of a call that waits. */
	private enum PlaceState {

		WAITING, LEFT, GIVEN_UP

	}

}
