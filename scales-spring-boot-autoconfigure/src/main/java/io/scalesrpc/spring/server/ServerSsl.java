package io.scalesrpc.spring.server;

import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.spring.SslMaterial;
import io.scalesrpc.spring.settings.ServerProperties.ServerSslProperties;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsServerSettings;
import io.scalesrpc.transport.TlsServerSettings.Clients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes TLS of the server of an SSL bundle, and follows a bundle that is updated: new
 * connections have what is new, those that are open stay. <em>Immutable</em>.
 *
 * @param beans has the bundles
 * @param problems says what is wrong
 */
record ServerSsl(ListableBeanFactory beans, ServerProblems problems) {

	private static final Logger logger = LoggerFactory.getLogger(ServerSsl.class);

	private static final String BUNDLE = "ssl.bundle";

	void apply(ServerSslProperties properties, ThriftMuxServerBuilder builder) {
		String name = properties.bundle();
		if (name == null) {
			requireNone(properties.clients() == Clients.ANY, "ssl.clients", properties.clients());
			requireNone(properties.opportunistic() == OpportunisticTls.OFF, "ssl.opportunistic",
					properties.opportunistic());
			return;
		}
		AtomicReference<TlsMaterial> material = material(name);
		this.problems.set(BUNDLE, () -> builder.tls(new TlsServerSettings(material::get, properties.clients())));
		builder.opportunisticTls(properties.opportunistic());
	}

	private void requireNone(boolean isDefault, String setting, Object value) {
		if (!isDefault) {
			throw this.problems.of(
					setting, setting + ": " + value + " (expected: none without " + BUNDLE + ")", "Set 'scales.server."
							+ BUNDLE + "' to the name of an SSL bundle, or remove 'scales.server." + setting + "'.",
					null);
		}
	}

	private AtomicReference<TlsMaterial> material(String name) {
		SslBundles bundles = this.beans.getBeanProvider(SslBundles.class).getIfAvailable();
		if (bundles == null) {
			throw this.problems.of(BUNDLE, BUNDLE + ": " + name + " (expected: a bean of type SslBundles)",
					"Do not exclude Spring Boot's SslAutoConfiguration, or define an SslBundles bean, or remove"
							+ " 'scales.server.ssl.bundle'.",
					null);
		}
		try {
			AtomicReference<TlsMaterial> material = new AtomicReference<>(SslMaterial.of(bundles.getBundle(name)));
			bundles.addBundleUpdateHandler(name, (updated) -> update(name, material, updated));
			return material;
		}
		catch (NoSuchSslBundleException ex) {
			throw this.problems.of(BUNDLE,
					BUNDLE + ": " + name + " (expected: one of the SSL bundles "
							+ new TreeSet<>(bundles.getBundleNames()) + ")",
					"Correct the name, or add the bundle: 'spring.ssl.bundle.pem." + name
							+ "' or 'spring.ssl.bundle.jks." + name + "'.",
					ex);
		}
		catch (RuntimeException ex) {
			throw this.problems.of(BUNDLE,
					BUNDLE + ": " + name + " (expected: one that can be read; " + ex.getMessage() + ")",
					"Correct the properties of the bundle below 'spring.ssl.bundle'.", ex);
		}
	}

	/** What cannot be read replaces nothing. */
	private static void update(String name, AtomicReference<TlsMaterial> material, SslBundle updated) {
		try {
			material.set(SslMaterial.of(updated));
			logger.info("Scales server: new connections use the updated SSL bundle '{}'", name);
		}
		catch (RuntimeException ex) {
			logger.warn("Scales server: the updated SSL bundle '{}' cannot be read, connections use the one before",
					name, ex);
		}
	}

}
