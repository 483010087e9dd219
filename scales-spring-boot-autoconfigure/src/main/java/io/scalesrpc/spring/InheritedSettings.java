package io.scalesrpc.spring;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.FailureKindConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.convert.ConversionService;

/**
 * Says what a client does not say itself: the defaults of all clients; and what the
 * stages of a method do not say, those of its client. It comes after all other sources,
 * so that this is the one place where settings are merged, by name and before they are
 * anything but text. <em>Thread-safe</em>.
 */
public final class InheritedSettings implements IterableConfigurationPropertySource {

	private static final ConversionService CONVERSIONS = FailureKindConverter.alone();

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("scales.defaults");

	/** What a method has from its client, setting by setting. */
	private static final Set<String> OF_METHODS = Set.of("retry", "hedging", "circuitbreaker", "chaos");

	/**
	 * The number of a process, and the registry that says it: one stands for the other.
	 */
	private static final List<String> NUMBER = List.of("balancer.coordinate.instance", "balancer.coordinate.total");

	/** What needs no brackets. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

	private static final String REGISTRY = "balancer.coordinate.peers";

	private final Iterable<ConfigurationPropertySource> sources;

	private final ConfigurationPropertyName client;

	private final boolean hasDefaults;

	private InheritedSettings(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName client) {
		this.sources = sources;
		this.client = client;
		this.hasDefaults = stream(sources)
			.anyMatch((source) -> source.containsDescendantOf(DEFAULTS) != ConfigurationPropertyState.ABSENT);
	}

	/**
	 * Reads the settings in effect of a client.
	 * @param sources all there is, the first comes first
	 * @param placeholders resolves what is in values
	 * @param client the client's name
	 * @return its settings, with those of the defaults
	 */
	public static ClientProperties of(Iterable<ConfigurationPropertySource> sources, PlaceholdersResolver placeholders,
			String client) {
		return new InheritedSettings(sources, name(client)).read(placeholders, null);
	}

	/**
	 * Reads the settings in effect of a client, but for those parts of which it says
	 * nothing: to put a part together from nothing takes Spring longer than to read what
	 * there is.
	 * @param sources all there is, the first comes first
	 * @param placeholders resolves what is in values
	 * @param client the client's name
	 * @param silent the settings of one that says nothing, of the same sources
	 * @return its settings, with those of the defaults
	 */
	public static ClientProperties of(Iterable<ConfigurationPropertySource> sources, PlaceholdersResolver placeholders,
			String client, ClientProperties silent) {
		return new InheritedSettings(sources, name(client)).read(placeholders, silent);
	}

	private static ConfigurationPropertyName name(String client) {
		return ConfigurationPropertyName.adapt(SettingLocator.property(client, "uri"), '.').getParent();
	}

	private ClientProperties read(PlaceholdersResolver placeholders, @Nullable ClientProperties silent) {
		List<ConfigurationPropertySource> all = Stream.concat(stream(this.sources), Stream.of(this)).toList();
		Binder binder = new Binder(all, placeholders, CONVERSIONS);
		if (silent != null) {
			try {
				return new ClientParts(binder, this.client, this::says).over(silent);
			}
			catch (NoSuchElementException ex) {
				// A value is empty: what stands for it, only the whole record knows.
			}
		}
		return binder.bindOrCreate(this.client, Bindable.of(ClientProperties.class), null);
	}

	private boolean says(ConfigurationPropertyName part) {
		return stream(this.sources).anyMatch((source) -> source.getConfigurationProperty(part) != null
				|| source.containsDescendantOf(part) != ConfigurationPropertyState.ABSENT);
	}

	private static Stream<ConfigurationPropertySource> stream(Iterable<ConfigurationPropertySource> sources) {
		return StreamSupport.stream(sources.spliterator(), false);
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName heir : heirs(name)) {
			for (ConfigurationPropertySource source : this.sources) {
				ConfigurationProperty found = source.getConfigurationProperty(heir);
				if (found != null) {
					return new ConfigurationProperty(name, found.getValue(), found.getOrigin());
				}
			}
		}
		return null;
	}

	/** For the keys of maps, which only the defaults have for all clients. */
	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return stream(this.sources).filter(IterableConfigurationPropertySource.class::isInstance)
			.flatMap((source) -> ((IterableConfigurationPropertySource) source).stream())
			.filter(DEFAULTS::isAncestorOf)
			.map((name) -> this.client.append(name.subName(DEFAULTS.getNumberOfElements())))
			.filter((name) -> !heirs(name).isEmpty());
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName heir : heirs(name)) {
			for (ConfigurationPropertySource source : this.sources) {
				ConfigurationPropertyState state = source.containsDescendantOf(heir);
				if (state != ConfigurationPropertyState.ABSENT) {
					return state;
				}
			}
		}
		return ConfigurationPropertyState.ABSENT;
	}

	/** Where a setting is looked for that is not where it could be. */
	private List<ConfigurationPropertyName> heirs(ConfigurationPropertyName name) {
		if (!this.client.isAncestorOf(name)) {
			return List.of();
		}
		boolean isOfMethods = name.getNumberOfElements() > this.client.getNumberOfElements()
				&& name.getElement(this.client.getNumberOfElements(), Form.UNIFORM).equals("methods");
		if (!isOfMethods && !this.hasDefaults) {
			return List.of();
		}
		ConfigurationPropertyName setting = from(name, this.client.getNumberOfElements());
		if (isOfMethods) {
			boolean isInherited = setting.getNumberOfElements() > 2
					&& OF_METHODS.contains(setting.getElement(2, Form.UNIFORM));
			if (!isInherited) {
				return List.of();
			}
			ConfigurationPropertyName ofStage = from(name, this.client.getNumberOfElements() + 2);
			return List.of(this.client.append(ofStage), DEFAULTS.append(ofStage));
		}
		return isReplaced(setting) ? List.of() : List.of(DEFAULTS.append(setting));
	}

	/** Not {@code subName}, which fails on names that Spring itself has put together. */
	private static ConfigurationPropertyName from(ConfigurationPropertyName name, int first) {
		StringBuilder text = new StringBuilder();
		for (int i = first; i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, Form.ORIGINAL);
			text.append(PLAIN.matcher(element).matches() ? (i > first) ? "." + element : element : "[" + element + "]");
		}
		return ConfigurationPropertyName.adapt(text, '.');
	}

	private boolean isReplaced(ConfigurationPropertyName setting) {
		return (is(setting, REGISTRY) && NUMBER.stream().anyMatch(this::isOwn))
				|| (NUMBER.stream().anyMatch((one) -> is(setting, one)) && isOwn(REGISTRY));
	}

	private static boolean is(ConfigurationPropertyName setting, String name) {
		return setting.equals(ConfigurationPropertyName.of(name));
	}

	private boolean isOwn(String setting) {
		ConfigurationPropertyName name = this.client.append(setting);
		return stream(this.sources).anyMatch((source) -> source.getConfigurationProperty(name) != null);
	}

}
