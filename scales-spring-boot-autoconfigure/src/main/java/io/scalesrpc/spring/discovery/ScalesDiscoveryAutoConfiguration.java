package io.scalesrpc.spring.discovery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.scalesrpc.discovery.LookupThreads;
import io.scalesrpc.discovery.zookeeper.CuratorServerSetProvider;
import io.scalesrpc.discovery.zookeeper.ZooKeeperServerSetProvider;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.settings.ScalesProperties;
import io.scalesrpc.time.Ticker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of {@code discovery://} and ZooKeeper. <em>Confined to the thread
 * that starts the application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class,
		afterName = { "org.springframework.cloud.client.CommonsClientAutoConfiguration",
				"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
				"org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration" })
public final class ScalesDiscoveryAutoConfiguration {

	/** Made by Spring. */
	public ScalesDiscoveryAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "scalesDiscoveryProvider")
	MissingRegistry scalesDiscoveryProvider() {
		return new MissingRegistry();
	}

	/**
	 * With Curator: without it a URI of ZooKeeper is refused by what the core has.
	 * <em>Confined to the thread that starts the application</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.apache.curator.framework.CuratorFramework")
	static class WithCurator {

		/** Who the application is to ZooKeeper, which is not asked for that. */
		@Bean
		@ConditionalOnMissingBean
		ZooKeeperSettings scalesZooKeeperSettings(ScalesProperties properties, ObjectProvider<SslBundles> bundles) {
			return ZooKeeperAccess.of(properties.discovery().zookeeper(), bundles.getIfAvailable());
		}

		@Bean
		@ConditionalOnMissingBean
		ZooKeeperServerSetProvider scalesZooKeeperProvider(ZooKeeperSettings settings) {
			return new ZooKeeperServerSetProvider(settings);
		}

		@Bean
		@ConditionalOnMissingBean
		CuratorServerSetProvider scalesCuratorProvider(ZooKeeperSettings settings) {
			return new CuratorServerSetProvider(settings);
		}

	}

	/**
	 * With Spring Cloud; looked at first. <em>Confined to the thread that starts the
	 * application</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DiscoveryClient.class)
	@ConditionalOnBean(DiscoveryClient.class)
	static class WithRegistry {

		@Bean
		DiscoveryServerSetProvider scalesDiscoveryProvider(ObjectProvider<DiscoveryClient> registries,
				ScalesProperties properties) {
			LookupThreads threads = new LookupThreads("scales-discovery");
			Duration interval = properties.discovery().pollInterval();
			return new DiscoveryServerSetProvider(registries::getObject, new DiscoveryPoll(interval, threads, threads,
					Ticker.SYSTEM, () -> ThreadLocalRandom.current().nextLong()));
		}

	}

}
