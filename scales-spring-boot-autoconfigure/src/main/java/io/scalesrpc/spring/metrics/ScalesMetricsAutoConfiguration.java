package io.scalesrpc.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of clients. <em>Confined to the thread that starts the
 * application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean(MeterRegistry.class)
public final class ScalesMetricsAutoConfiguration {

	/** Late, so that a registry whose filters need a client makes no circle. */
	@Bean
	SmartInitializingSingleton scalesMeterBinder(ScalesClientRegistry clients,
			ObjectProvider<MeterRegistry> registries) {
		return () -> registries.ifUnique(clients::addMeterRegistry);
	}

}
