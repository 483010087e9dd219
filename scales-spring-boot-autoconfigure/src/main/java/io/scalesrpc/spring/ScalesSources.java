package io.scalesrpc.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The property sources that may say something of Scales: all but those of the system,
 * unless they do. The properties of the system may change, and so all their names are
 * turned into Spring's whenever they are looked through, for each setting of each client.
 * <em>Stateless</em>.
 */
public final class ScalesSources {

	private static final ConfigurationPropertyName SCALES = ConfigurationPropertyName.of("scales");

	/**
	 * They tell all they have. Others may know a name without having it in their list.
	 */
	private static final Set<String> OF_THE_SYSTEM = Set.of(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
			StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

	private ScalesSources() {
	}

	/**
	 * Looks for them.
	 * @param environment where properties come from
	 * @return those of now; the first comes first
	 */
	public static List<ConfigurationPropertySource> of(Environment environment) {
		List<ConfigurationPropertySource> found = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (!isOfTheSystem(source) || source.containsDescendantOf(SCALES) != ConfigurationPropertyState.ABSENT) {
				found.add(source);
			}
		}
		return found;
	}

	private static boolean isOfTheSystem(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> known
				&& OF_THE_SYSTEM.contains(known.getName());
	}

}
