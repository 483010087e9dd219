package io.scalesrpc.spring;

import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** A configuration as if some of it had not been written. <em>Stateless</em>. */
public final class UnreadSettings {

	private UnreadSettings() {
	}

	/**
	 * The sources of an environment without some properties.
	 * @param environment the environment
	 * @param unread the names of what is left out
	 * @return the sources, the first comes first
	 */
	public static List<ConfigurationPropertySource> without(Environment environment,
			Set<ConfigurationPropertyName> unread) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.map((source) -> source.filter((name) -> !unread.contains(name)))
			.toList();
	}

}
