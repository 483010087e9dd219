package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * When calls are refused because servers refuse most of them. <em>Immutable</em>.
 *
 * @param enabled Whether calls are refused when servers refuse most of them.
 */
public record ThrottlingProperties(@Nullable Boolean enabled) {

	static final ThrottlingProperties NONE = new ThrottlingProperties(null);

	ThrottlingProperties over(ThrottlingProperties defaults) {
		return new ThrottlingProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
