package io.scalesrpc.spring.client.settings;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Checks;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.discovery.WebScheme;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.SslMaterial;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.SslProperties;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes TLS of SSL bundles, and follows a bundle that is updated: new connections have
 * what is new, those that are open stay. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 * @param beans has the bundles
 */
public record SslAssembler(ClientProblems problems, ListableBeanFactory beans) {

	private static final Logger logger = LoggerFactory.getLogger(SslAssembler.class);

	private static final String BUNDLE = "ssl.bundle";

	public void apply(String client, ClientProperties all, ClientBuilder<?> builder) {
		SslProperties properties = all.written(SslProperties.class);
		if (properties == null) {
			if (isSecure(all)) {
				builder.tls(TlsSettings.DEFAULT);
			}
			return;
		}
		String name = properties.bundle();
		if (name == null || !properties.isEnabled()) {
			if (isSecure(all)) {
				builder.tls(settings(TlsSettings.DEFAULT, properties));
				return;
			}
			List.of("ssl.verify-hostname", "ssl.server-name")
				.forEach((setting) -> refuseWithoutBundle(client, setting));
			return;
		}
		builder.tls(settings(TlsSettings.reloading(material(client, name)::get), properties));
	}

	private static boolean isSecure(ClientProperties all) {
		return all.uri() != null && WebScheme.of(all.uri()) == WebScheme.HTTPS;
	}

	private static TlsSettings settings(TlsSettings given, SslProperties properties) {
		TlsSettings settings = properties.verifyHostname() ? given : given.withoutHostnameVerification();
		String name = properties.serverName();
		return (name != null) ? Checks.about("ssl.server-name", () -> settings.withServerName(name)) : settings;
	}

	/** What a client says itself must have an effect. */
	private void refuseWithoutBundle(String client, String setting) {
		ConfiguredSetting own = this.problems.locator().findOwn(client, setting);
		if (own != null) {
			throw new ScalesConfigurationException(client, own,
					setting + ": " + own.value() + " (expected: none without ssl.bundle or https://)",
					"Set '" + SettingLocator.property(client, BUNDLE) + "' to the name of an SSL bundle, or remove '"
							+ own.property() + "'.",
					null);
		}
	}

	private AtomicReference<TlsMaterial> material(String client, String name) {
		SslBundles bundles = this.beans.getBeanProvider(SslBundles.class).getIfAvailable();
		if (bundles == null) {
			throw problem(client, "bundle: " + name + " (expected: a bean of type SslBundles)",
					"Do not exclude Spring Boot's SslAutoConfiguration, or define an SslBundles bean, or remove '"
							+ SettingLocator.property(client, BUNDLE) + "'.",
					null);
		}
		try {
			AtomicReference<TlsMaterial> material = new AtomicReference<>(SslMaterial.of(bundles.getBundle(name)));
			bundles.addBundleUpdateHandler(name, (updated) -> update(client, name, material, updated));
			return material;
		}
		catch (NoSuchSslBundleException ex) {
			throw problem(client,
					"bundle: " + name + " (expected: one of the SSL bundles " + new TreeSet<>(bundles.getBundleNames())
							+ ")",
					"Correct the name, or add the bundle: 'spring.ssl.bundle.pem." + name
							+ "' or 'spring.ssl.bundle.jks." + name + "'.",
					ex);
		}
		catch (RuntimeException ex) {
			throw problem(client, "bundle: " + name + " (expected: one that can be read; " + ex.getMessage() + ")",
					"Correct the properties of the bundle below 'spring.ssl.bundle'.", ex);
		}
	}

	/** What cannot be read replaces nothing. */
	private static void update(String client, String name, AtomicReference<TlsMaterial> material, SslBundle updated) {
		try {
			material.set(SslMaterial.of(updated));
			logger.info("[{}] new connections use the updated SSL bundle '{}'", client, name);
		}
		catch (RuntimeException ex) {
			logger.warn("[{}] the updated SSL bundle '{}' cannot be read, connections use the one before", client, name,
					ex);
		}
	}

	private ScalesConfigurationException problem(String client, String reason, String remedy,
			@Nullable RuntimeException cause) {
		return new ScalesConfigurationException(client, this.problems.locator().find(client, BUNDLE), reason, remedy,
				cause);
	}

}
