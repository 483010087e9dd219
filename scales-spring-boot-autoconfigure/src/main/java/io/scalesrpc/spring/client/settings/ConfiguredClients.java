package io.scalesrpc.spring.client.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.scalesrpc.spring.InheritedSettings;
import io.scalesrpc.spring.ScalesSources;
import io.scalesrpc.spring.UnreadSettings;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * The clients of the configuration by name. An environment variable cannot spell
 * {@code price-list}; what it says of {@code pricelist} belongs to the same client.
 * <em>Thread-safe</em>.
 */
public final class ConfiguredClients {

	private final Environment environment;

	private volatile Settings settings;

	public ConfiguredClients(ScalesProperties properties, Environment environment) {
		this.environment = environment;
		this.settings = new Settings(properties);
	}

	/** Takes over what has been read anew. */
	public void become(ConfiguredClients changed) {
		this.settings = changed.settings;
	}

	ScalesProperties properties() {
		return this.settings.properties;
	}

	/** The settings in effect of a client, configured or not. */
	public ClientProperties settings(String client) {
		return this.settings.of(client, this.environment);
	}

	/** The same as if some properties had not been written. */
	public ClientProperties settingsWithout(String client, Set<ConfigurationPropertyName> unread) {
		return InheritedSettings.of(UnreadSettings.without(this.environment, unread),
				new PropertySourcesPlaceholdersResolver(this.environment), client);
	}

	public boolean contains(String client) {
		return this.settings.uniformNames.containsValue(uniform(client));
	}

	public SortedSet<String> names() {
		return new TreeSet<>(this.settings.uniformNames.keySet());
	}

	/**
	 * Each client once: of the names of one, that which somebody declared and no
	 * environment variable can spell.
	 */
	public Collection<String> distinctNames() {
		Map<String, String> distinct = new TreeMap<>();
		this.settings.uniformNames.forEach((name, uniform) -> distinct.merge(uniform, name,
				(one, other) -> (other.length() > one.length()) ? other : one));
		return distinct.values();
	}

	/** The configured clients of which none of these is meant. */
	public List<String> without(Collection<String> used) {
		List<String> usedNames = used.stream().map(ConfiguredClients::uniform).toList();
		return names().stream().filter((name) -> !usedNames.contains(uniform(name))).toList();
	}

	/** Whether two names are those of one client. */
	public static boolean isSame(String name, String other) {
		return uniform(name).equals(uniform(other));
	}

	private static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * A configuration as it was read. <em>Thread-safe</em>.
	 */
	private static final class Settings {

		private final ScalesProperties properties;

		/** Each client's name and what is uniform of it. */
		private final Map<String, String> uniformNames = new TreeMap<>();

		private final Map<String, ClientProperties> known = new ConcurrentHashMap<>();

		private final Supplier<ClientProperties> silent;

		Settings(ScalesProperties properties) {
			this.properties = properties;
			properties.clients().keySet().forEach((name) -> this.uniformNames.put(name, uniform(name)));
			this.silent = SingletonSupplier.of(() -> properties.defaults().ofSilentClient());
		}

		ClientProperties of(String client, Environment environment) {
			return this.known.computeIfAbsent(client, (name) -> read(name, environment));
		}

		private ClientProperties read(String client, Environment environment) {
			ClientProperties own = this.properties.clients().get(client);
			if (own != null && inheritsNothing(client, own)) {
				return own;
			}
			return InheritedSettings.of(ScalesSources.of(environment),
					new PropertySourcesPlaceholdersResolver(environment), client, this.silent.get());
		}

		/** So that what Spring has read of it is all there is. */
		private boolean inheritsNothing(String client, ClientProperties own) {
			return !this.properties.hasDefaults() && own.methods().isEmpty()
					&& Collections.frequency(this.uniformNames.values(), uniform(client)) == 1;
		}

	}

}
