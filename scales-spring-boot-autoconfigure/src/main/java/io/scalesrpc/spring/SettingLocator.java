package io.scalesrpc.spring;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.Environment;

/**
 * Finds where a setting of a client was written: at the client, or among the defaults.
 * <em>Thread-safe</em>.
 */
public final class SettingLocator {

	/** Where an option of a protocol may stand. */
	private static final List<String> OPTIONS = List.of("", "http.", "thrift.", "thriftmux.", "options.");

	/** {@code scales}, {@code clients}, the name. */
	private static final int CLIENT_DEPTH = 3;

	private final Environment environment;

	private final Supplier<List<ConfigurationPropertySource>> sources;

	/**
	 * Makes a locator.
	 * @param environment where properties come from
	 */
	public SettingLocator(Environment environment) {
		this(environment, () -> ScalesSources.of(environment));
	}

	private SettingLocator(Environment environment, Supplier<List<ConfigurationPropertySource>> sources) {
		this.environment = environment;
		this.sources = sources;
	}

	/**
	 * The same for who asks many questions at once.
	 * @return looks at the sources that say something now, whatever sources are added
	 */
	public SettingLocator now() {
		List<ConfigurationPropertySource> known = this.sources.get();
		return new SettingLocator(this.environment, () -> known);
	}

	/**
	 * Finds a setting.
	 * @param client the client's name
	 * @param setting the property's name below the client, such as {@code timeout}
	 * @return the setting, or {@code null} if nobody wrote it
	 */
	public @Nullable ConfiguredSetting find(String client, String setting) {
		ConfiguredSetting own = findOwn(client, setting);
		return (own != null) ? own : findDefault(setting);
	}

	/**
	 * Finds a setting that was written among the defaults.
	 * @param setting the property's name below the defaults
	 * @return the setting, or {@code null} if nobody wrote it there
	 */
	public @Nullable ConfiguredSetting findDefault(String setting) {
		return find("scales.defaults." + setting);
	}

	/**
	 * Finds a setting that was written at the client itself.
	 * @param client the client's name
	 * @param setting the property's name below the client
	 * @return the setting, or {@code null} if nobody wrote it there
	 */
	public @Nullable ConfiguredSetting findOwn(String client, String setting) {
		return find(property(client, setting));
	}

	/**
	 * Finds a setting, or one of its parts, that was written at the client itself.
	 * @param client the client's name
	 * @param setting the property's name below the client, such as {@code retry}
	 * @return the setting or the first part of it, such as {@code retry.max-attempts};
	 * {@code null} if nobody wrote one there
	 */
	public @Nullable ConfiguredSetting findOwnBelow(String client, String setting) {
		return findBelow(property(client, setting));
	}

	/**
	 * Finds a setting that belongs to no client, or one of its parts.
	 * @param property the whole name of the property
	 * @return the setting or the first part of it; {@code null} if nobody wrote one there
	 */
	public @Nullable ConfiguredSetting findBelow(String property) {
		return below(property).stream().findFirst().orElse(null);
	}

	/**
	 * Finds an option of a protocol.
	 * @param client the client's name
	 * @param name the option's name, such as {@code transport}
	 * @return where it was written, at the client or among the defaults; {@code null} if
	 * nobody did
	 */
	public @Nullable ConfiguredSetting findOption(String client, String name) {
		return OPTIONS.stream()
			.map((section) -> find(client, section + name))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Whether a client says an option of its protocol itself.
	 * @param client the client's name
	 * @param name the option's name
	 * @return whether it was written at the client, wherever that may be done
	 */
	public boolean isOwnOption(String client, String name) {
		return OPTIONS.stream().anyMatch((section) -> findOwn(client, section + name) != null);
	}

	/**
	 * Finds all parts of a setting that were written at the client itself.
	 * @param client the client's name
	 * @param setting the property's name below the client, such as {@code retry}
	 * @return the parts in the order of their names, and the setting itself if it was
	 * written
	 */
	public List<ConfiguredSetting> ownBelow(String client, String setting) {
		return below(property(client, setting));
	}

	/**
	 * Finds all parts of a setting that were written among the defaults.
	 * @param setting the property's name below the defaults
	 * @return the parts in the order of their names
	 */
	public List<ConfiguredSetting> defaultsBelow(String setting) {
		return below("scales.defaults." + setting);
	}

	private List<ConfiguredSetting> below(String property) {
		ConfigurationPropertyName whole = ConfigurationPropertyName.adapt(property, '.');
		Map<ConfigurationPropertyName, ConfigurationProperty> found = new TreeMap<>();
		for (ConfigurationPropertySource source : this.sources.get()) {
			add(source.getConfigurationProperty(whole), found);
			if (source instanceof IterableConfigurationPropertySource all
					&& all.containsDescendantOf(whole) != ConfigurationPropertyState.ABSENT) {
				all.stream()
					.filter(whole::isAncestorOf)
					.forEach((name) -> add(all.getConfigurationProperty(name), found));
			}
		}
		return found.values().stream().map((one) -> setting(one.getName().toString(), one)).toList();
	}

	private static void add(@Nullable ConfigurationProperty property,
			Map<ConfigurationPropertyName, ConfigurationProperty> found) {
		if (property != null) {
			found.putIfAbsent(property.getName(), property);
		}
	}

	/**
	 * The whole name of a client's property.
	 * @param client the client's name
	 * @param setting the property's name below the client
	 * @return for example {@code scales.clients.calculator.timeout}
	 */
	public static String property(String client, String setting) {
		return "scales.clients." + ((client.indexOf('.') >= 0) ? "[" + client + "]" : client) + "." + setting;
	}

	/**
	 * The name of a setting below its client.
	 * @param setting a setting that was written at a client
	 * @param section the name of what it is a part of; empty for the client itself
	 * @return the name below the section, such as {@code backoff.max}; empty for the
	 * section itself
	 */
	public static String below(ConfiguredSetting setting, String section) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(setting.property(), '.');
		int depth = section.isEmpty() ? 0 : ConfigurationPropertyName.adapt(section, '.').getNumberOfElements();
		return name.subName(CLIENT_DEPTH + depth).toString();
	}

	/**
	 * Finds a setting that belongs to no client.
	 * @param property the whole name of the property
	 * @return the setting, or {@code null} if nobody wrote it
	 */
	public @Nullable ConfiguredSetting find(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : this.sources.get()) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return setting(property, found);
			}
		}
		return null;
	}

	private ConfiguredSetting setting(String property, ConfigurationProperty found) {
		return new ConfiguredSetting(property, text(found.getValue()), Origin.from(found));
	}

	private String text(Object value) {
		Object plain = (value instanceof OriginTrackedValue tracked) ? tracked.getValue() : value;
		return this.environment.resolvePlaceholders(String.valueOf(plain));
	}

}
