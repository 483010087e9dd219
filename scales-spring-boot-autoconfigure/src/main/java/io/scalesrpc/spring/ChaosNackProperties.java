package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * Of how many calls it is pretended that a server refused them. <em>Immutable</em>.
 *
 * @param percent Share of the attempts that are refused; 0 to 100, with those that are
 * made to fail at most 100.
 */
public record ChaosNackProperties(@Nullable Double percent) {

	static final ChaosNackProperties NONE = new ChaosNackProperties(null);

	ChaosNackProperties over(ChaosNackProperties defaults) {
		return new ChaosNackProperties(ClientProperties.first(this.percent, defaults.percent));
	}

}
