package io.scalesrpc.spring.client;

import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.spring.ServiceLinks;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.start.LastToClose;
import io.scalesrpc.spring.client.support.TransportSetting;
import io.scalesrpc.spring.metrics.ClientMeters;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.settings.FailureKindConverter;
import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of clients: their settings, the threads they share, and the beans of
 * their interfaces. <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesMetricsAutoConfiguration.class)
@EnableConfigurationProperties(ScalesProperties.class)
@Import(AutomaticScanRegistrar.class)
public final class ScalesClientsAutoConfiguration {

	/** Made by Spring. */
	public ScalesClientsAutoConfiguration() {
	}

	@Bean
	static LastToClose scalesLastToClose() {
		return new LastToClose();
	}

	/**
	 * Closed by {@link LastToClose}, after the clients. The empty name of a method that
	 * destroys is lost ahead of time, and Spring would close whatever can be closed: so
	 * it calls a method that does nothing.
	 */
	@Bean(destroyMethod = "toString")
	@ConditionalOnMissingBean
	ClientResources scalesClientResources(ScalesProperties properties, Environment environment, LastToClose last) {
		ClientResources resources = new TransportSetting(properties.transport(), new SettingLocator(environment))
			.resources();
		last.closes(resources::close);
		return resources;
	}

	/** Static: properties are bound before this class is made. */
	@Bean
	@ConfigurationPropertiesBinding
	static FailureKindConverter scalesFailureKindConverter() {
		return new FailureKindConverter();
	}

	/** Static, too. */
	@Bean
	static ConfigurationPropertiesBindHandlerAdvisor scalesServiceLinks() {
		return ServiceLinks::new;
	}

	@Bean
	ScalesClientRegistry scalesClientRegistry(ScalesProperties properties, ClientResources resources,
			ClientMeters meters, Environment environment, DefaultListableBeanFactory beans, LastToClose last) {
		new TransportSetting(properties.transport(), new SettingLocator(environment)).requireHeeded(resources);
		ScalesClientRegistry registry = new ScalesClientRegistry(properties, resources, meters, environment, beans);
		last.closes(meters::close);
		last.closes(registry::closeAndWait);
		return registry;
	}

	@Bean
	ScalesClientsLifecycle scalesClientsLifecycle(ScalesClientRegistry registry, ScalesProperties properties,
			ConfigurableApplicationContext context) {
		return new ScalesClientsLifecycle(registry, properties.phase(), context);
	}

	/** The first call need not wait for Netty to load, and the start does not, either. */
	@Bean
	ApplicationListener<ApplicationReadyEvent> scalesPreparation(ScalesClientRegistry registry,
			ClientResources resources) {
		return (event) -> {
			if (registry.hasClients()) {
				resources.prepare();
			}
		};
	}

	@Bean
	EnvironmentChanges scalesEnvironmentChanges(ScalesClientRegistry registry) {
		return new EnvironmentChanges(registry);
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

}
