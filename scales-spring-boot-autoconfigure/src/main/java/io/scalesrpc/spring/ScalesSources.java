package io.scalesrpc.spring;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * The property sources that say something of Scales. Most do not, and those that change,
 * such as the properties of the system, turn all their names into Spring's whenever they
 * are looked through: for each setting of each client that was most of the start.
 * <em>Stateless</em>.
 */
public final class ScalesSources {

	private static final ConfigurationPropertyName SCALES = ConfigurationPropertyName.of("scales");

	private ScalesSources() {
	}

	/**
	 * Looks for them.
	 * @param environment where properties come from
	 * @return those of now that have a property below {@code scales}, or cannot tell; the
	 * first comes first
	 */
	public static List<ConfigurationPropertySource> of(Environment environment) {
		List<ConfigurationPropertySource> found = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(SCALES) != ConfigurationPropertyState.ABSENT) {
				found.add(source);
			}
		}
		return found;
	}

}
