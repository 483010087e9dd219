package io.scalesrpc.spring.client;

import java.util.List;
import java.util.Set;

import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.SettingsCheck;
import io.scalesrpc.spring.client.settings.ClientProblems;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.settings.Mistakes;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** Looks for wrong values of all configured clients. <em>Stateless</em>. */
final class ClientSettingsCheck implements SettingsCheck {

	private static final Logger logger = LoggerFactory.getLogger(ClientSettingsCheck.class);

	@Override
	public List<ScalesConfigurationException> mistakes(ScalesProperties properties, Environment environment,
			Set<ConfigurationPropertyName> unread) {
		ClientProblems problems = new ClientProblems(new SettingLocator(environment));
		ConfiguredClients configured = new ConfiguredClients(properties, environment);
		Mistakes mistakes = new Mistakes(problems);
		for (String client : configured.distinctNames()) {
			try {
				new ClientCheck(configured, problems).check(client, unread, mistakes);
			}
			catch (RuntimeException | LinkageError ex) {
				// It is told when the client is made; of the others more can be told now.
				logger.debug("[{}] its settings could not be looked at", client, ex);
			}
		}
		return mistakes.all();
	}

}
