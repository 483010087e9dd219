package io.scalesrpc.spring.client.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.spring.ScalesSources;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The properties below {@code scales} at one moment. <em>Immutable</em>.
 *
 * @param values what each says, placeholders resolved
 */
public record PropertySnapshot(Map<ConfigurationPropertyName, String> values) {

	private static final ConfigurationPropertyName SCALES = ConfigurationPropertyName.of("scales");

	public static PropertySnapshot of(Environment environment) {
		Map<ConfigurationPropertyName, String> values = new HashMap<>();
		for (ConfigurationPropertySource source : ScalesSources.of(environment)) {
			if (source instanceof IterableConfigurationPropertySource all) {
				all.stream().filter(SCALES::isAncestorOf).forEach((name) -> {
					ConfigurationProperty property = all.getConfigurationProperty(name);
					if (property != null) {
						values.putIfAbsent(name, environment.resolvePlaceholders(String.valueOf(property.getValue())));
					}
				});
			}
		}
		return new PropertySnapshot(Map.copyOf(values));
	}

	/** What is there on one side only, or says something else. */
	public SortedSet<ConfigurationPropertyName> changedIn(PropertySnapshot later) {
		SortedSet<ConfigurationPropertyName> changed = new TreeSet<>(this.values.keySet());
		changed.addAll(later.values.keySet());
		changed.removeIf((name) -> Objects.equals(this.values.get(name), later.values.get(name)));
		return changed;
	}

}
