package io.scalesrpc.transport;

import java.util.function.Supplier;

import static io.scalesrpc.call.Checks.require;

/**
 * How a server speaks TLS with its clients: from the first byte, before the protocol,
 * unless the protocol agrees upon it. <em>Immutable</em>; the supplier must be
 * thread-safe.
 *
 * @param material asked for every new connection, on an event loop, so that it must not
 * block; other managers than before are what new connections use from then on
 * @param clients what is made of the certificates of clients
 */
public record TlsServerSettings(Supplier<TlsMaterial> material, Clients clients) {

	/**
	 * Checks the material.
	 * @throws IllegalArgumentException if a server has no certificate
	 */
	public TlsServerSettings {
		require(material.get().keys() != null, "keys", "none", "the certificate of the server");
	}

	/**
	 * With material that stays the same, whoever the clients are.
	 * @param material the certificate of the server
	 * @return the settings
	 * @throws IllegalArgumentException if there is none
	 */
	public static TlsServerSettings of(TlsMaterial material) {
		return new TlsServerSettings(() -> material, Clients.ANY);
	}

	/**
	 * The same, for clients with a certificate of a trusted authority only (mutual TLS).
	 * @return new settings
	 */
	public TlsServerSettings requiringCertificates() {
		return new TlsServerSettings(this.material, Clients.CERTIFIED);
	}

	/** Who may connect. */
	public enum Clients {

		/** Whoever can; nobody is asked for a certificate. */
		ANY,

		/** Whoever has no certificate, or one of a trusted authority. */
		ASKED,

		/** Whoever has a certificate of a trusted authority. */
		CERTIFIED

	}

}
