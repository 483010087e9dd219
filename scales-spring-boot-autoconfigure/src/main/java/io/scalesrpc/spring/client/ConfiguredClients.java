package io.scalesrpc.spring.client;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.InheritedSettings;
import io.scalesrpc.spring.ScalesProperties;
import io.scalesrpc.spring.ScalesSources;
import io.scalesrpc.spring.UnreadSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The clients of the configuration by name. An environment variable cannot spell
 * {@code price-list}; what it says of {@code pricelist} belongs to the same client.
 * <em>Thread-safe</em>.
 */
final class ConfiguredClients {

	private volatile ScalesProperties properties;

	private final Environment environment;

	private volatile Settings settings = new Settings();

	ConfiguredClients(ScalesProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	/** Takes over what has been read anew. */
	void become(ConfiguredClients changed) {
		this.properties = changed.properties;
		this.settings = changed.settings;
	}

	ScalesProperties properties() {
		return this.properties;
	}

	/** The settings in effect of a client, configured or not. */
	ClientProperties settings(String client) {
		return this.settings.of(client, this.environment);
	}

	/** The same as if some properties had not been written. */
	ClientProperties settingsWithout(String client, Set<ConfigurationPropertyName> unread) {
		return InheritedSettings.of(UnreadSettings.without(this.environment, unread),
				new PropertySourcesPlaceholdersResolver(this.environment), client);
	}

	boolean contains(String client) {
		return names().stream().anyMatch((name) -> uniform(name).equals(uniform(client)));
	}

	SortedSet<String> names() {
		return new TreeSet<>(this.properties.clients().keySet());
	}

	/**
	 * Each client once: of the names of one, that which somebody declared and no
	 * environment variable can spell.
	 */
	Collection<String> distinctNames() {
		Map<String, String> distinct = new TreeMap<>();
		names().forEach((name) -> distinct.merge(uniform(name), name,
				(one, other) -> (other.length() > one.length()) ? other : one));
		return distinct.values();
	}

	/** The configured clients of which none of these is meant. */
	List<String> without(Collection<String> used) {
		List<String> usedNames = used.stream().map(ConfiguredClients::uniform).toList();
		return names().stream().filter((name) -> !usedNames.contains(uniform(name))).toList();
	}

	/** Whether two names are those of one client. */
	static boolean isSame(String name, String other) {
		return uniform(name).equals(uniform(other));
	}

	private static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/** Those that were read. <em>Thread-safe</em>. */
	private static final class Settings {

		private final Map<String, ClientProperties> known = new ConcurrentHashMap<>();

		/** Those of a client that says nothing. */
		private volatile @Nullable ClientProperties silent;

		ClientProperties of(String client, Environment environment) {
			return this.known.computeIfAbsent(client, (name) -> read(name, environment));
		}

		private ClientProperties read(String client, Environment environment) {
			List<ConfigurationPropertySource> sources = ScalesSources.of(environment);
			PropertySourcesPlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(environment);
			ClientProperties defaults = this.silent;
			if (defaults == null) {
				defaults = InheritedSettings.ofSilent(sources, placeholders);
				this.silent = defaults;
			}
			return InheritedSettings.of(sources, placeholders, client, defaults);
		}

	}

}
