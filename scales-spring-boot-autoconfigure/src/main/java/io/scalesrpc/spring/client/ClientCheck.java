package io.scalesrpc.spring.client;

import java.util.HashSet;
import java.util.Set;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.kafka.KafkaProtocol;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.settings.ClientProblems;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.settings.InapplicableSettings;
import io.scalesrpc.spring.client.settings.Mistakes;
import io.scalesrpc.spring.client.settings.SettingsApplier;
import io.scalesrpc.spring.settings.ClientProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Looks for all wrong values of a client without making anything. What makes settings
 * stops at the first that is wrong; so they are made again, as if those had not been
 * written, until nothing new is found. <em>Immutable</em>.
 *
 * @param configured the configuration
 * @param problems says what is wrong with it
 */
record ClientCheck(ConfiguredClients configured, ClientProblems problems) {

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("scales.defaults");

	/**
	 * Looks at one client.
	 * @param client the client's name
	 * @param wrong the names of values that are known to be wrong; those of other clients
	 * are of no matter
	 * @param mistakes takes what is found
	 */
	void check(String client, Set<ConfigurationPropertyName> wrong, Mistakes mistakes) {
		Set<ConfigurationPropertyName> unread = new HashSet<>(wrong);
		ConfigurationPropertyName own = ConfigurationPropertyName.adapt(SettingLocator.property(client, "uri"), '.')
			.getParent();
		unread.removeIf((name) -> !own.isAncestorOf(name) && !DEFAULTS.isAncestorOf(name));
		boolean more = true;
		while (more) {
			ClientProperties settings = unread.isEmpty() ? this.configured.settings(client)
					: this.configured.settingsWithout(client, unread);
			Mistakes round = new Mistakes(this.problems);
			look(client, settings, round);
			more = mistakes.addNew(client, round, unread);
		}
	}

	private void look(String client, ClientProperties settings, Mistakes mistakes) {
		String protocol = settings.protocol();
		ClientBuilder<?> scratch = ScalesClients.builder(Runnable.class).name(client);
		InapplicableSettings inapplicable = InapplicableSettings.of(selective(protocol), protocol,
				this.problems.locator());
		inapplicable.refuseOthers(client, mistakes);
		inapplicable.refuse(client, settings, mistakes);
		ClientAssembler.applyUri(client, settings.uri(), scratch, mistakes);
		new SettingsApplier(client, settings, inapplicable, mistakes, scratch).apply();
		if (protocol.equals("kafka")) {
			mistakes.of(client, () -> settings.kafka().toSettings().requireConsistent());
		}
		if (protocol.equals("redis") && settings.uri() != null) {
			mistakes.of(client, () -> settings.redis().toSettings(RedisLogin.DEFAULT));
		}
	}

	/** The protocols for which some settings have no effect. */
	private static @Nullable Protocol selective(String protocol) {
		return switch (protocol) {
			case "kafka" -> new KafkaProtocol();
			case "redis" -> new RedisProtocol();
			default -> null;
		};
	}

}
