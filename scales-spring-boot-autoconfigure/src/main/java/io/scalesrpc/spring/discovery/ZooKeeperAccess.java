package io.scalesrpc.spring.discovery;

import java.util.TreeSet;

import io.scalesrpc.discovery.zookeeper.ZooKeeperSettings;
import io.scalesrpc.spring.settings.ZooKeeperProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes the settings of ZooKeeper of properties and SSL bundles. <em>Stateless</em>.
 */
final class ZooKeeperAccess {

	private static final String BUNDLE = ZooKeeperProperties.PREFIX + "ssl.bundle";

	private ZooKeeperAccess() {
	}

	/**
	 * Makes them, and follows the bundle from then on.
	 * @throws InvalidConfigurationPropertyValueException if the bundle is missing, or
	 * cannot be read
	 */
	static ZooKeeperSettings of(ZooKeeperProperties properties, @Nullable SslBundles bundles) {
		String name = properties.ssl().bundle();
		return properties.toSettings((name != null) ? tls(name, properties.ssl().verifyHostname(), bundles) : null);
	}

	private static ZooKeeperSettings.Tls tls(String name, boolean verifyHostname, @Nullable SslBundles bundles) {
		if (bundles == null) {
			throw new InvalidConfigurationPropertyValueException(BUNDLE, name,
					"Expected a bean of type SslBundles: do not exclude Spring Boot's SslAutoConfiguration.");
		}
		try {
			ZooKeeperStores stores = new ZooKeeperStores();
			ZooKeeperSettings.Tls tls = stores.write(bundles.getBundle(name), verifyHostname);
			bundles.addBundleUpdateHandler(name, (updated) -> stores.update(name, updated, verifyHostname));
			return tls;
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidConfigurationPropertyValueException(BUNDLE, name,
					"Expected one of the SSL bundles " + new TreeSet<>(bundles.getBundleNames()) + ".");
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(BUNDLE, name,
					"Expected a bundle that can be read: " + ex.getMessage());
		}
	}

}
