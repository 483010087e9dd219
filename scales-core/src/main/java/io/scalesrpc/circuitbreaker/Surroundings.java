package io.scalesrpc.circuitbreaker;

import java.util.List;
import java.util.concurrent.Executor;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;

/**
 * What the circuit breakers of one client need. <em>Immutable</em>; all are thread-safe.
 *
 * @param client the client's name
 * @param metrics where they count
 * @param ticker tells the time
 * @param listeners told of transitions
 * @param executor where listeners are told, one event after the other
 */
public record Surroundings(String client, ClientMetrics metrics, Ticker ticker, List<CircuitBreakerListener> listeners,
		Executor executor) {

	/** Copies the list. */
	public Surroundings {
		listeners = List.copyOf(listeners);
	}

}
