package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * When a call that failed is sent again, and how often. <em>Immutable</em>.
 *
 * @param enabled Whether a call that failed is sent again.
 */
public record RetryProperties(@Nullable Boolean enabled) {

	static final RetryProperties NONE = new RetryProperties(null);

	RetryProperties over(RetryProperties defaults) {
		return new RetryProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
