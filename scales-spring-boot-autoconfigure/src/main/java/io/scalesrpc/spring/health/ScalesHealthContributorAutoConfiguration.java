package io.scalesrpc.spring.health;

import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.server.ScalesServer;
import io.scalesrpc.spring.server.ScalesServerAutoConfiguration;
import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of clients, and of the application's server.
 * <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = { ScalesClientsAutoConfiguration.class, ScalesServerAutoConfiguration.class })
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("scales")
public final class ScalesHealthContributorAutoConfiguration {

	/** Made by Spring. */
	public ScalesHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "scalesHealthContributor", search = SearchStrategy.CURRENT)
	ScalesHealthContributor scalesHealthContributor(ScalesClientRegistry clients, ScalesProperties properties) {
		return new ScalesHealthContributor(clients, properties.health());
	}

	@Bean
	@ConditionalOnBean(value = ScalesServer.class, search = SearchStrategy.CURRENT)
	@ConditionalOnMissingBean(name = "scalesServerHealthContributor", search = SearchStrategy.CURRENT)
	ServerHealthIndicator scalesServerHealthContributor(ScalesServer server) {
		return new ServerHealthIndicator(server);
	}

}
