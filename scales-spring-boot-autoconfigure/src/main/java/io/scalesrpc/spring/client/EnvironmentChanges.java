package io.scalesrpc.spring.client;

import io.scalesrpc.spring.ScalesConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Takes over settings when Spring Cloud says that the environment has changed. Its event
 * is known by its name: it need not be on the class path. <em>Thread-safe</em>.
 */
final class EnvironmentChanges implements SmartApplicationListener {

	private static final Logger logger = LoggerFactory.getLogger(EnvironmentChanges.class);

	private static final String EVENT = "org.springframework.cloud.context.environment.EnvironmentChangeEvent";

	private final ScalesClientRegistry clients;

	EnvironmentChanges(ScalesClientRegistry clients) {
		this.clients = clients;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return type.getName().equals(EVENT);
	}

	/** Who changed the environment has others to tell, too. */
	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		try {
			this.clients.refresh();
		}
		catch (RuntimeException ex) {
			logger.error("settings are refused, all of them, and those before stay: {}",
					ScalesConfigurationException.text(ex));
		}
	}

}
