package io.scalesrpc.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for something, first come first served. A call that ends meanwhile,
 * above all by its deadline, leaves. <em>Confined to the serial executor it was created
 * with</em>, but for {@link #size()}.
 */
public final class WaitingCalls {

	private final Executor serial;

	private final String awaited;

	private final int capacity;

	private final Set<Call> calls = new LinkedHashSet<>();

	/** How many calls there are, for other threads. */
	private volatile int size;

	/** Those who wait for the end without a call. */
	private final List<Runnable> others = new ArrayList<>();

	/**
	 * Creates an empty queue.
	 * @param serial runs what touches the queue, one at a time
	 * @param awaited what the calls wait for, as errors say it
	 * @param capacity how many may wait
	 */
	public WaitingCalls(Executor serial, String awaited, int capacity) {
		this.serial = serial;
		this.awaited = awaited;
		this.capacity = capacity;
	}

	/**
	 * Lets a call wait, or ends it if too many wait.
	 * @param call the call
	 */
	public void add(Call call) {
		if (this.calls.size() >= this.capacity) {
			call.end(Failure.of(FailureKind.NOT_SENT, "calls waiting for " + this.awaited + ": " + this.calls.size()
					+ " (expected: fewer than " + this.capacity + ")"));
			return;
		}
		this.calls.add(call);
		this.size = this.calls.size();
		call.onOutcome((ended, outcome) -> this.serial.execute(() -> remove(ended)));
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
		List<Call> taken = this.calls.stream().limit(most).toList();
		taken.forEach(this::remove);
		return taken;
	}

	/**
	 * Looks at the call that came first.
	 * @return the call, or {@code null} if none waits
	 */
	public @Nullable Call first() {
		return (this.calls.isEmpty()) ? null : this.calls.iterator().next();
	}

	/**
	 * Lets a call go.
	 * @param call the call; it need not be there
	 */
	public void remove(Call call) {
		this.calls.remove(call);
		this.size = this.calls.size();
	}

	/**
	 * How many calls wait, as any thread may ask.
	 * @return zero or more
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Whether no call waits.
	 * @return {@code true} if there is none
	 */
	public boolean isEmpty() {
		return this.calls.isEmpty();
	}

	/**
	 * The waiting is over.
	 * @param fate what becomes of the calls, the first to come first; the others are told
	 * afterwards
	 */
	public void end(Consumer<Call> fate) {
		List<Call> ended = List.copyOf(this.calls);
		this.calls.clear();
		this.size = 0;
		List<Runnable> told = List.copyOf(this.others);
		this.others.clear();
		ended.forEach(fate);
		told.forEach(Runnable::run);
	}

}
