package io.scalesrpc.spring;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.Environment;

/**
 * Finds where a setting of a client was written: at the client, or among the defaults.
 * <em>Thread-safe</em>.
 */
public final class SettingLocator {

	private final Environment environment;

	/**
	 * Makes a locator.
	 * @param environment where properties come from
	 */
	public SettingLocator(Environment environment) {
		this.environment = environment;
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
		ConfigurationPropertyName whole = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty exact = source.getConfigurationProperty(whole);
			ConfigurationProperty found = (exact != null) ? exact : partOf(whole, source);
			if (found != null) {
				return new ConfiguredSetting(found.getName().toString(), text(found.getValue()), Origin.from(found));
			}
		}
		return null;
	}

	private static @Nullable ConfigurationProperty partOf(ConfigurationPropertyName whole,
			ConfigurationPropertySource source) {
		return (source instanceof IterableConfigurationPropertySource all) ? all.stream()
			.filter(whole::isAncestorOf)
			.map(all::getConfigurationProperty)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null) : null;
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
	 * Finds a setting that belongs to no client.
	 * @param property the whole name of the property
	 * @return the setting, or {@code null} if nobody wrote it
	 */
	public @Nullable ConfiguredSetting find(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return new ConfiguredSetting(property, text(found.getValue()), Origin.from(found));
			}
		}
		return null;
	}

	private String text(Object value) {
		Object plain = (value instanceof OriginTrackedValue tracked) ? tracked.getValue() : value;
		return this.environment.resolvePlaceholders(String.valueOf(plain));
	}

}
