package io.scalesrpc.spring;

import io.scalesrpc.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a client of protocol kafka proves who it is. Its text tells no secrets.
 * <em>Immutable</em>.
 *
 * @param mechanism SASL mechanism, such as SCRAM-SHA-512 or PLAIN.
 * @param username Name of the user, with PLAIN and SCRAM.
 * @param password Password of the user.
 * @param jaas Line of a JAAS configuration, for every other mechanism.
 */
public record KafkaSaslProperties(@Nullable String mechanism, @Nullable String username, @Nullable String password,
		@Nullable String jaas) {

	static final KafkaSaslProperties NONE = new KafkaSaslProperties(null, null, null, null);

	KafkaSaslProperties over(KafkaSaslProperties defaults) {
		return new KafkaSaslProperties(ClientProperties.first(this.mechanism, defaults.mechanism),
				ClientProperties.first(this.username, defaults.username),
				ClientProperties.first(this.password, defaults.password),
				ClientProperties.first(this.jaas, defaults.jaas));
	}

	KafkaSettings.@Nullable Sasl toSettings() {
		if (this.mechanism == null) {
			String given = (this.username != null) ? "username: " + this.username
					: (this.password != null) ? "password: set" : (this.jaas != null) ? "jaas: set" : null;
			if (given != null) {
				throw new IllegalArgumentException(
						"kafka.sasl." + given + " (expected: none without kafka.sasl.mechanism)");
			}
			return null;
		}
		return new KafkaSettings.Sasl(this.mechanism, this.username, this.password, this.jaas);
	}

	@Override
	public String toString() {
		return "KafkaSaslProperties[mechanism=" + this.mechanism + "]";
	}

}
