package io.scalesrpc.breaker;

/**
 * What a breaker is doing.
 *
 * <pre>
 * CLOSED --too many calls failed--&gt; OPEN --wait is over--&gt; HALF-OPEN --a call--&gt; PROBING
 * PROBING --answered--&gt; CLOSED
 * PROBING --failed--&gt; OPEN, for longer
 * PROBING --says nothing--&gt; HALF-OPEN
 * </pre>
 *
 * HALF-OPEN is an {@link Open} whose wait is over: so nothing has to wake up. Every
 * object stands for one stay in its state, and a transition is a compare-and-set of one
 * object for another: what was begun in an earlier stay changes nothing later.
 * Implementations are <em>thread-safe</em>.
 */
sealed interface BreakerState permits Closed, Open, Probing {

	/**
	 * Why the member is out, for people.
	 * @param now the time
	 * @return one line; empty if it is not
	 */
	String problem(long now);

}
