package io.scalesrpc.transport;

import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * What one side of a TLS connection has: whom it trusts and what it shows of itself.
 * <em>Immutable</em>.
 *
 * @param trust decides whose certificates are believed; null for the certificate
 * authorities of the Java runtime
 * @param keys the own certificate with its key; null for none. A server needs one, a
 * client if the server asks for it
 * @param protocols versions of TLS, for example {@code TLSv1.3}; empty for those of the
 * Java runtime
 * @param ciphers names of cipher suites; empty for those of the Java runtime
 */
public record TlsMaterial(@Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory keys, List<String> protocols,
		List<String> ciphers) {

	/** Trusts whom the Java runtime trusts, and has no certificate. */
	public static final TlsMaterial DEFAULT = new TlsMaterial(null, null, List.of(), List.of());

	/** Copies the lists. */
	public TlsMaterial {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * The same with the versions and cipher suites of the Java runtime.
	 * @param trust decides whose certificates are believed; null for the certificate
	 * authorities of the Java runtime
	 * @param keys the own certificate with its key; null for none
	 */
	public TlsMaterial(@Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory keys) {
		this(trust, keys, List.of(), List.of());
	}

}
