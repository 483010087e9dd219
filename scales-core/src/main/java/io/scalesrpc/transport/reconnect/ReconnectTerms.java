package io.scalesrpc.transport.reconnect;

import java.util.concurrent.Executor;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What all resurrectors of one client have in common. <em>Immutable</em>; all are
 * thread-safe.
 *
 * @param backoff how long to wait after a failure
 * @param timer wakes them after the wait
 * @param ticker tells the time
 * @param loops go on with tasks that are too many for a caller
 * @param pace whose turn it is when several are down
 */
@Internal
public record ReconnectTerms(Backoff backoff, Timer timer, Ticker ticker, Executor loops, ReconnectPace pace) {

	/**
	 * For resurrectors that heed no others.
	 * @param backoff how long to wait after a failure
	 * @param timer wakes them after the wait
	 * @param ticker tells the time
	 * @param loops go on with tasks that are too many for a caller
	 */
	public ReconnectTerms(Backoff backoff, Timer timer, Ticker ticker, Executor loops) {
		this(backoff, timer, ticker, loops, new ReconnectPace(ticker, () -> 0));
	}

}
