package io.scalesrpc.spring;

import java.util.List;
import java.util.Set;

import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * Finds what is wrong with settings that can be read, beside those that cannot: who
 * starts an application is told all of it at once. Found by
 * {@code META-INF/spring.factories}. Implementations are <em>stateless</em>.
 */
public interface SettingsCheck {

	/**
	 * Looks for mistakes without making anything.
	 * @param properties what could be read
	 * @param environment where it was written
	 * @param unread the names of those values that could not be read, as if they had not
	 * been written
	 * @return what is wrong, or nothing
	 */
	List<ScalesConfigurationException> mistakes(ScalesProperties properties, Environment environment,
			Set<ConfigurationPropertyName> unread);

}
