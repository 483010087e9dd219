package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * How many calls may be in flight at once. <em>Immutable</em>.
 *
 * @param enabled Whether the number of calls in flight is bounded.
 */
public record ConcurrencyLimitProperties(@Nullable Boolean enabled) {

	static final ConcurrencyLimitProperties NONE = new ConcurrencyLimitProperties(null);

	ConcurrencyLimitProperties over(ConcurrencyLimitProperties defaults) {
		return new ConcurrencyLimitProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
