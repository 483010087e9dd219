package io.scalesrpc.spring.health;

import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of clients. <em>Confined to the thread that starts the
 * application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("scales")
public final class ScalesHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "scalesHealthContributor", search = SearchStrategy.CURRENT)
	ScalesHealthContributor scalesHealthContributor(ScalesClientRegistry clients) {
		return new ScalesHealthContributor(clients);
	}

}
