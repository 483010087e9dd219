package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * What is done to calls on purpose, for tests and game days. <em>Immutable</em>.
 *
 * @param enabled Whether calls are delayed or made to fail on purpose.
 */
public record ChaosProperties(@Nullable Boolean enabled) {

	static final ChaosProperties NONE = new ChaosProperties(null);

	ChaosProperties over(ChaosProperties defaults) {
		return new ChaosProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
