package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * Settings of protocol kafka. <em>Immutable</em>.
 *
 * @param acks Acknowledgements a record needs: all, 1 or 0.
 */
public record KafkaProperties(@Nullable String acks) {

	static final KafkaProperties NONE = new KafkaProperties(null);

	KafkaProperties over(KafkaProperties defaults) {
		return new KafkaProperties(ClientProperties.first(this.acks, defaults.acks));
	}

}
