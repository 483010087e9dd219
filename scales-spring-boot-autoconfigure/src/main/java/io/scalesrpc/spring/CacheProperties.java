package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * Which results of a method are kept, and for how long. <em>Immutable</em>.
 *
 * @param enabled Whether results are kept.
 */
public record CacheProperties(@Nullable Boolean enabled) {

	static final CacheProperties NONE = new CacheProperties(null);

	CacheProperties over(CacheProperties defaults) {
		return new CacheProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
