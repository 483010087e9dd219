package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * When a second attempt is sent beside one that takes long. <em>Immutable</em>.
 *
 * @param enabled Whether a second attempt is sent beside one that takes long.
 */
public record HedgingProperties(@Nullable Boolean enabled) {

	static final HedgingProperties NONE = new HedgingProperties(null);

	HedgingProperties over(HedgingProperties defaults) {
		return new HedgingProperties(ClientProperties.first(this.enabled, defaults.enabled));
	}

}
