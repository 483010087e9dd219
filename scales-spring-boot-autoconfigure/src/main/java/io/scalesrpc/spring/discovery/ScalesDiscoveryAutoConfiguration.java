package io.scalesrpc.spring.discovery;

import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of {@code discovery://} without a registry of Spring Cloud, which
 * says so to who names it. <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = { ScalesClientsAutoConfiguration.class, ScalesRegistryAutoConfiguration.class })
public final class ScalesDiscoveryAutoConfiguration {

	/** Made by Spring. */
	public ScalesDiscoveryAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "scalesDiscoveryProvider")
	MissingRegistry scalesDiscoveryProvider() {
		return new MissingRegistry();
	}

}
