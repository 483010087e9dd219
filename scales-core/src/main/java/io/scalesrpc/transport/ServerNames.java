package io.scalesrpc.transport;

import javax.net.ssl.SNIHostName;

import org.jspecify.annotations.Nullable;

/**
 * Names of servers as TLS carries them (SNI, RFC 6066): host names only. The Java runtime
 * by itself leaves out names without a dot. <em>Stateless</em>; thread-safe.
 */
final class ServerNames {

	private ServerNames() {
	}

	/**
	 * A name to ask for.
	 * @return null for an address, or a name that host names do not allow, such as one
	 * with an underscore; a server is not asked for such a name, only checked for it
	 */
	static @Nullable SNIHostName of(String name) {
		if (TlsSettings.isAddress(name)) {
			return null;
		}
		try {
			return new SNIHostName(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
