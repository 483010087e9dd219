package io.scalesrpc.spring;

import java.util.List;

import io.scalesrpc.transport.TlsMaterial;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Makes what TLS is made of from Spring Boot's SSL bundles. <em>Stateless</em>.
 */
public final class SslMaterial {

	private SslMaterial() {
	}

	/**
	 * Reads a bundle.
	 * @param bundle the bundle
	 * @return its keys, its trusted certificates, and its protocols and ciphers
	 * @throws RuntimeException if it cannot be read
	 */
	public static TlsMaterial of(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		return new TlsMaterial(bundle.getManagers().getTrustManagerFactory(),
				bundle.getManagers().getKeyManagerFactory(), list(options.getEnabledProtocols()),
				list(options.getCiphers()));
	}

	private static List<String> list(String @Nullable [] names) {
		return (names != null) ? List.of(names) : List.of();
	}

}
