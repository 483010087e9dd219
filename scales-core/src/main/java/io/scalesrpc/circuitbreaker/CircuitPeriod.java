package io.scalesrpc.circuitbreaker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a circuit breaker in a state.
 *
 * <pre>
 * CLOSED --too many calls failed or were slow--&gt; OPEN --reset timeout is over, a call--&gt; HALF-OPEN
 * HALF-OPEN --all probes answered--&gt; CLOSED
 * HALF-OPEN --a probe failed or was slow--&gt; OPEN
 * HALF-OPEN --a probe says nothing--&gt; HALF-OPEN, its place is free again
 * any --an operator--&gt; any; so, and only so, to and from FORCED-OPEN and DISABLED
 * </pre>
 *
 * A transition is a compare-and-set of one object for another: what was begun in an
 * earlier stay changes nothing later. Implementations are <em>thread-safe</em>.
 */
sealed interface CircuitPeriod permits Closed, Open, HalfOpen, ForcedOpen, Disabled {

	/** The state that transitions lead to and from. */
	CircuitState state();

	/**
	 * The state as people see it: an open stay whose wait is over counts as half-open.
	 */
	default CircuitState seenAs(long now) {
		return state();
	}

	/** Since when, in nanoseconds of the ticker. */
	long since(long now);

	/**
	 * Lets a call through, and observes it if its outcome matters.
	 * @param call the call, which has not ended
	 * @return why it must not go on, or {@code null} if it may
	 */
	@Nullable Failure admit(Call call);

	/**
	 * Why calls are refused, for people.
	 * @param now the time
	 * @return the rest of a sentence about the breaker; empty if they are not
	 */
	String problem(long now);

	/** Nobody was asked, and nobody shall be, by no layer above. */
	static Failure refusal(String problem) {
		return new Failure(FailureKind.NOT_SENT, "circuit breaker " + problem, null, true);
	}

}
