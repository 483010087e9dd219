package io.scalesrpc.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of clients. Micrometer is always there; a registry of
 * the application need not be. <em>Confined to the thread that starts the
 * application</em>.
 */
@AutoConfiguration
public final class ScalesMetricsAutoConfiguration {

	/** Made by Spring. */
	public ScalesMetricsAutoConfiguration() {
	}

	/** Closed by the clients, after them. */
	@Bean(destroyMethod = "")
	ClientMeters scalesClientMeters(ObjectProvider<MeterRegistry> registries) {
		return new ClientMeters(registries);
	}

}
