package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * How connections to members are encrypted. <em>Immutable</em>.
 *
 * @param bundle Name of the SSL bundle with the certificates; empty for connections
 * without TLS.
 * @param verifyHostname Whether the certificate of a server must be for its name.
 * @param serverName Name that every server must have a certificate for, and is asked for;
 * without it, its own.
 */
public record SslProperties(@Nullable String bundle, @Nullable Boolean verifyHostname, @Nullable String serverName) {

	static final SslProperties NONE = new SslProperties(null, null, null);

	SslProperties over(SslProperties defaults) {
		return new SslProperties(ClientProperties.first(this.bundle, defaults.bundle),
				ClientProperties.first(this.verifyHostname, defaults.verifyHostname),
				ClientProperties.first(this.serverName, defaults.serverName));
	}

	/**
	 * Whether TLS is spoken.
	 * @return {@code true} if there is a bundle
	 */
	public boolean isEnabled() {
		return this.bundle != null && !this.bundle.isEmpty();
	}

	/**
	 * Whether names are verified if TLS is spoken.
	 * @return {@code true} unless somebody said otherwise
	 */
	public boolean verifiesHostname() {
		return !Boolean.FALSE.equals(this.verifyHostname);
	}

}
