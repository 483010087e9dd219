package io.scalesrpc.spring.discovery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.scalesrpc.discovery.LookupThreads;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.settings.ScalesProperties;
import io.scalesrpc.time.Ticker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of {@code discovery://} with a registry of Spring Cloud.
 * <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class,
		afterName = { "org.springframework.cloud.client.CommonsClientAutoConfiguration",
				"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
				"org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration" })
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnBean(DiscoveryClient.class)
public final class ScalesRegistryAutoConfiguration {

	/** Made by Spring. */
	public ScalesRegistryAutoConfiguration() {
	}

	@Bean
	DiscoveryServerSetProvider scalesDiscoveryProvider(ObjectProvider<DiscoveryClient> registries,
			ScalesProperties properties) {
		LookupThreads threads = new LookupThreads("scales-discovery");
		Duration interval = properties.discovery().pollInterval();
		return new DiscoveryServerSetProvider(registries::getObject, new DiscoveryPoll(interval, threads, threads,
				Ticker.SYSTEM, () -> ThreadLocalRandom.current().nextLong()));
	}

}
