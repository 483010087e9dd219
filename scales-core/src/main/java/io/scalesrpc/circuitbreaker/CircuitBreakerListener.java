package io.scalesrpc.circuitbreaker;

/**
 * Someone who is told when a circuit breaker changes its state. Told on a thread for
 * callbacks, where it may block, one event after the other. Implementations are
 * <em>thread-safe</em>: a listener may be registered with several clients.
 */
@FunctionalInterface
public interface CircuitBreakerListener {

	/**
	 * Tells of a transition. What it throws is logged and harms nobody.
	 * @param event the transition
	 */
	void changed(CircuitBreakerEvent event);

}
