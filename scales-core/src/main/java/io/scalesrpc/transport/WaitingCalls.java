package io.scalesrpc.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

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

	/** Takes all of them, the first to come first. */
	List<Call> takeAll() {
		List<Call> taken = List.copyOf(this.calls);
		this.calls.clear();
		return taken;
	}

}
