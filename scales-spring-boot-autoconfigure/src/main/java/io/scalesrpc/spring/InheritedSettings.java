package io.scalesrpc.spring;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

	private static final ConversionService CONVERSIONS = FailureKindConverter.withAll();

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

	/** The parts of a client that are records of their own. */
	private static final Map<String, Function<ClientProperties, Object>> SECTIONS = Map.ofEntries(
			Map.entry("accesslog", ClientProperties::accessLog), Map.entry("balancer", ClientProperties::balancer),
			Map.entry("memberbreaker", ClientProperties::memberBreaker), Map.entry("retry", ClientProperties::retry),
			Map.entry("hedging", ClientProperties::hedging),
			Map.entry("circuitbreaker", ClientProperties::circuitBreaker),
			Map.entry("concurrencylimit", ClientProperties::concurrencyLimit),
			Map.entry("throttling", ClientProperties::throttling), Map.entry("chaos", ClientProperties::chaos),
			Map.entry("pool", ClientProperties::pool), Map.entry("ssl", ClientProperties::ssl),
			Map.entry("limits", ClientProperties::limits), Map.entry("http", ClientProperties::http),
			Map.entry("thrift", ClientProperties::thrift), Map.entry("thriftmux", ClientProperties::thriftmux),
			Map.entry("kafka", ClientProperties::kafka), Map.entry("redis", ClientProperties::redis));

	/** A client that nobody can configure. */
	private static final String NOBODY = ".";

	private final Iterable<ConfigurationPropertySource> sources;

	private final ConfigurationPropertyName client;

	private final @Nullable ClientProperties silent;

	private final boolean hasDefaults;

	private InheritedSettings(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName client,
			@Nullable ClientProperties silent) {
		this.sources = sources;
		this.client = client;
		this.silent = silent;
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
		return of(sources, placeholders, client, null);
	}

	/**
	 * Reads the settings of a client that says nothing.
	 * @param sources all there is, the first comes first
	 * @param placeholders resolves what is in values
	 * @return the defaults
	 */
	public static ClientProperties ofSilent(Iterable<ConfigurationPropertySource> sources,
			PlaceholdersResolver placeholders) {
		return of(sources, placeholders, NOBODY);
	}

	/**
	 * Reads the settings in effect of a client, but for those parts of which it says
	 * nothing: to put such a part together from nothing takes Spring longer than to read
	 * what there is.
	 * @param sources all there is, the first comes first
	 * @param placeholders resolves what is in values
	 * @param client the client's name
	 * @param silent the settings of one that says nothing, of the same sources;
	 * {@code null} to read all
	 * @return its settings, with those of the defaults
	 */
	public static ClientProperties of(Iterable<ConfigurationPropertySource> sources, PlaceholdersResolver placeholders,
			String client, @Nullable ClientProperties silent) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(SettingLocator.property(client, "uri"), '.')
			.getParent();
		InheritedSettings inherited = new InheritedSettings(sources, name, silent);
		List<ConfigurationPropertySource> all = Stream.concat(stream(sources), Stream.of(inherited)).toList();
		return new Binder(all, placeholders, CONVERSIONS).bindOrCreate(name, Bindable.of(ClientProperties.class), null);
	}

	private static Stream<ConfigurationPropertySource> stream(Iterable<ConfigurationPropertySource> sources) {
		return StreamSupport.stream(sources.spliterator(), false);
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		Object section = section(name);
		if (section != null) {
			return new ConfigurationProperty(name, section, null);
		}
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

	/** What the silent one has of a part of which the client says nothing. */
	private @Nullable Object section(ConfigurationPropertyName name) {
		if (this.silent == null || !this.client.isParentOf(name)) {
			return null;
		}
		Function<ClientProperties, Object> part = SECTIONS.get(name.getLastElement(Form.UNIFORM));
		boolean isSilent = part != null && stream(this.sources)
			.allMatch((source) -> source.containsDescendantOf(name) == ConfigurationPropertyState.ABSENT);
		return (part != null && isSilent) ? part.apply(this.silent) : null;
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
