package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * How many calls may be in flight at once. <em>Immutable</em>.
 *
 * @param max Number of calls of the client that may be in flight at once; 0 for any
 * number.
 */
public record ConcurrencyLimitProperties(@Nullable Integer max) {

	static final ConcurrencyLimitProperties NONE = new ConcurrencyLimitProperties(null);

	ConcurrencyLimitProperties over(ConcurrencyLimitProperties defaults) {
		return new ConcurrencyLimitProperties(ClientProperties.first(this.max, defaults.max));
	}

}
