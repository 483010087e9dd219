package io.scalesrpc.spring.health;

import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what {@code /actuator/info} tells of clients. <em>Confined to the
 * thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
public final class ScalesInfoAutoConfiguration {

	/** Made by Spring. */
	public ScalesInfoAutoConfiguration() {
	}

	@Bean
	@ConditionalOnEnabledInfoContributor("scales")
	@ConditionalOnMissingBean(name = "scalesInfoContributor")
	ScalesInfoContributor scalesInfoContributor(ScalesClientRegistry clients) {
		return new ScalesInfoContributor(clients);
	}

}
