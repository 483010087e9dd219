package io.scalesrpc.spring.endpoint;

import java.time.Clock;

import io.scalesrpc.client.ClientResources;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.server.ScalesServer;
import io.scalesrpc.spring.server.ScalesServerAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the endpoint. <em>Confined to the thread that starts the
 * application</em>.
 */
@AutoConfiguration(after = { ScalesClientsAutoConfiguration.class, ScalesServerAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(ScalesEndpoint.class)
public final class ScalesEndpointAutoConfiguration {

	/** Made by Spring. */
	public ScalesEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ScalesEndpoint scalesEndpoint(ScalesClientRegistry clients, ClientResources resources, Environment environment,
			ObjectProvider<SanitizingFunction> secrets, ObjectProvider<ScalesServer> servers,
			ApplicationEventPublisher events) {
		SettingLocator locator = new SettingLocator(environment);
		Sanitizer sanitizer = new Sanitizer(secrets.orderedStream().toList());
		return new ScalesEndpoint(clients, resources::transport, new EffectiveSettings(locator, sanitizer),
				(withSettings) -> {
					ScalesServer server = servers.getIfAvailable();
					return (server != null) ? ServerDescriptor.of(server, locator, withSettings) : null;
				}, Clock.systemUTC(), (change) -> events.publishEvent(new AuditApplicationEvent(change)));
	}

}
