package io.scalesrpc.spring.client;

import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.spring.ScalesProperties;
import io.scalesrpc.spring.metrics.ClientMeters;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of clients: their settings, the threads they share, and the beans of
 * their interfaces. <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesMetricsAutoConfiguration.class)
@EnableConfigurationProperties(ScalesProperties.class)
public final class ScalesClientsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ClientResources scalesClientResources() {
		return ClientResources.create();
	}

	@Bean
	static FallbackBeans scalesFallbackBeans() {
		return new FallbackBeans();
	}

	@Bean
	ScalesClientRegistry scalesClientRegistry(ScalesProperties properties, ClientResources resources,
			ClientMeters meters, Environment environment, ListableBeanFactory beans) {
		return new ScalesClientRegistry(properties, resources, meters, environment, beans);
	}

	@Bean
	ScalesClientsLifecycle scalesClientsLifecycle(ScalesClientRegistry registry,
			ConfigurableApplicationContext context) {
		return new ScalesClientsLifecycle(registry, context);
	}

	/** A context that is not there yet, or no longer, has nobody to tell. */
	@Bean
	CircuitBreakerListener scalesCircuitBreakerEvents(ConfigurableApplicationContext context) {
		return (event) -> {
			if (context.isActive()) {
				context.publishEvent(event);
			}
		};
	}

	@Bean
	RetryLayers scalesRetryLayers(ConfigurableListableBeanFactory beans, ScalesClientRegistry registry,
			ScalesProperties properties) {
		return new RetryLayers(beans, registry, properties);
	}

	/**
	 * The search that takes place unless the application says where to search.
	 * <em>Immutable</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ExplicitScan.class)
	@Import(AutomaticScanRegistrar.class)
	static class AutomaticScan {

	}

}
