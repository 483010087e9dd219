package io.scalesrpc.transport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;

/**
 * The calls that wait for a connection, first come first served. A call that ends
 * meanwhile, above all by its deadline, leaves. <em>Confined to the serial executor it
 * was created with.</em>
 */
final class WaitingCalls {

	private final Executor serial;

	private final int capacity;

	private final Set<Call> calls = new LinkedHashSet<>();

	/** Those who wait for the opening to be over, whichever way. */
	private final List<Runnable> others = new ArrayList<>();

	WaitingCalls(Executor serial, int capacity) {
		this.serial = serial;
		this.capacity = capacity;
	}

	/** Lets a call wait, or ends it if too many wait. */
	void add(Call call) {
		if (this.calls.size() >= this.capacity) {
			call.end(Failure.of(FailureKind.NOT_SENT, "calls waiting for the connection: " + this.calls.size()
					+ " (expected: fewer than " + this.capacity + ")"));
			return;
		}
		this.calls.add(call);
		call.onOutcome((ended, outcome) -> this.serial.execute(() -> this.calls.remove(ended)));
	}

	/** Lets somebody without a call wait. */
	void add(Runnable over) {
		this.others.add(over);
	}

	/**
	 * The waiting is over.
	 * @param fate what becomes of the calls, the first to come first; the others are told
	 * afterwards
	 */
	void end(Consumer<Call> fate) {
		List<Call> ended = List.copyOf(this.calls);
		this.calls.clear();
		List<Runnable> told = List.copyOf(this.others);
		this.others.clear();
		ended.forEach(fate);
		told.forEach(Runnable::run);
	}

}
