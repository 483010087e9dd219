package io.scalesrpc.spring.settings;

import io.scalesrpc.call.Checks;
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

	KafkaSettings.@Nullable Sasl toSettings() {
		if (this.mechanism != null) {
			return new KafkaSettings.Sasl(this.mechanism, this.username, this.password, this.jaas);
		}
		String needed = "kafka.sasl.mechanism";
		Checks.requireNotWithout(this.username == null, "kafka.sasl.username", String.valueOf(this.username), needed);
		Checks.requireNotWithout(this.password == null, "kafka.sasl.password", "set", needed);
		Checks.requireNotWithout(this.jaas == null, "kafka.sasl.jaas", "set", needed);
		return null;
	}

	@Override
	public String toString() {
		return "KafkaSaslProperties[mechanism=" + this.mechanism + "]";
	}

}
