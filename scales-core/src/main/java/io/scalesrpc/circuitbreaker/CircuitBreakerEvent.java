package io.scalesrpc.circuitbreaker;

/**
 * A circuit breaker went from one state to another. <em>Immutable</em>.
 *
 * @param client the client's name
 * @param scope the method whose breaker it is, or {@link CircuitBreakers#ALL}
 * @param from the state before
 * @param to the state now
 * @param reason why, in one line
 */
public record CircuitBreakerEvent(String client, String scope, CircuitState from, CircuitState to, String reason) {

	/**
	 * As it stands in the log.
	 * @return for example
	 * {@code [pricing] circuit breaker of all methods: closed -> open: 5 failures in a row}
	 */
	@Override
	public String toString() {
		return "[" + this.client + "] " + text();
	}

	/** The same without the client. */
	String text() {
		String whose = this.scope.equals(CircuitBreakers.ALL) ? "all methods" : this.scope;
		return "circuit breaker of " + whose + ": " + this.from + " -> " + this.to + ": " + this.reason;
	}

}
