package io.scalesrpc.spring.client;

import java.util.List;
import java.util.Set;

import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.ScalesProperties;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.SettingsCheck;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** Looks for wrong values of all configured clients. <em>Stateless</em>. */
final class ClientSettingsCheck implements SettingsCheck {

	@Override
	public List<ScalesConfigurationException> mistakes(ScalesProperties properties, Environment environment,
			Set<ConfigurationPropertyName> unread) {
		ClientProblems problems = new ClientProblems(new SettingLocator(environment));
		ConfiguredClients configured = new ConfiguredClients(properties, environment);
		Mistakes mistakes = new Mistakes(problems);
		configured.names().forEach((client) -> new ClientCheck(configured, problems).check(client, unread, mistakes));
		return mistakes.all();
	}

}
