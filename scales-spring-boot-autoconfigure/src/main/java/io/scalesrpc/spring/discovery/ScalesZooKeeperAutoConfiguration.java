package io.scalesrpc.spring.discovery;

import io.scalesrpc.discovery.zookeeper.CuratorServerSetProvider;
import io.scalesrpc.discovery.zookeeper.ZooKeeperServerSetProvider;
import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of ZooKeeper with Curator: without it a URI of ZooKeeper is refused
 * by what the core has. <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class)
@ConditionalOnClass(name = "org.apache.curator.framework.CuratorFramework")
public final class ScalesZooKeeperAutoConfiguration {

	/** Made by Spring. */
	public ScalesZooKeeperAutoConfiguration() {
	}

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
