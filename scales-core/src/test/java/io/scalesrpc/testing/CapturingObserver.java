package io.scalesrpc.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import org.jspecify.annotations.Nullable;

/**
 * An observer that remembers what it was told. <em>Thread-safe</em>.
 */
public final class CapturingObserver implements Observer {

	private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

	/**
	 * Watches a call.
	 * @param call the call
	 * @return the observer, registered
	 */
	public static CapturingObserver of(Call call) {
		CapturingObserver observer = new CapturingObserver();
		call.onOutcome(observer);
		return observer;
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.outcomes.add(outcome);
	}

	/**
	 * Everything it was told, in order.
	 * @return a view that grows
	 */
	public List<Outcome> outcomes() {
		return this.outcomes;
	}

	/**
	 * How often it was told.
	 * @return zero or more
	 */
	public int times() {
		return this.outcomes.size();
	}

	/**
	 * The one outcome it was told.
	 * @return the outcome
	 * @throws AssertionError if it was told nothing or more than once
	 */
	public Outcome outcome() {
		if (this.outcomes.size() != 1) {
			throw new AssertionError("outcomes: " + this.outcomes + " (expected: exactly one)");
		}
		return this.outcomes.get(0);
	}

	/**
	 * The one outcome it was told, as a failure.
	 * @return the failure
	 * @throws AssertionError if it was told nothing, more than once, or a reply
	 */
	public Failure failure() {
		if (outcome() instanceof Failure failure) {
			return failure;
		}
		throw new AssertionError("outcome: " + outcome() + " (expected: a failure)");
	}

	/**
	 * The value of the one reply it was told.
	 * @return the value
	 * @throws AssertionError if it was told nothing, more than once, or a failure
	 */
	public @Nullable Object value() {
		if (outcome() instanceof Reply reply) {
			return reply.value();
		}
		throw new AssertionError("outcome: " + outcome() + " (expected: a reply)");
	}

}
