package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * When all calls are refused for a time, because too many failed. <em>Immutable</em>.
 *
 * @param enabled Whether calls are refused for a time after too many failures.
 */
public record CircuitBreakerProperties(@Nullable Boolean enabled) {

	static final CircuitBreakerProperties NONE = new CircuitBreakerProperties(null);

	CircuitBreakerProperties over(CircuitBreakerProperties defaults) {
		return new CircuitBreakerProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
