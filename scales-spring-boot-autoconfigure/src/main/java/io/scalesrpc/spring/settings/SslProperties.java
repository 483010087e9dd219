package io.scalesrpc.spring.settings;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections to members are encrypted. <em>Immutable</em>.
 *
 * @param bundle Name of the SSL bundle with the certificates; empty for connections
 * without TLS.
 * @param verifyHostname Whether the certificate of a server must be for its name.
 * @param serverName Name that every server must have a certificate for, and is asked for;
 * without it, its own.
 */
public record SslProperties(@Nullable String bundle, @DefaultValue("true") boolean verifyHostname,
		@Nullable String serverName) {

	/**
	 * Whether TLS is spoken.
	 * @return {@code true} if there is a bundle
	 */
	public boolean isEnabled() {
		return this.bundle != null && !this.bundle.isEmpty();
	}

}
