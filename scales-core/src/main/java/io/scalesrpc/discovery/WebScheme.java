package io.scalesrpc.discovery;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * The schemes of the web, whose URIs name servers that speak HTTP one by one:
 * {@code http://h1,h2:8080} and {@code https://h1,h2:8443}. <em>Immutable</em>.
 */
@Internal
public enum WebScheme {

	/** Without TLS. */
	HTTP(80),

	/** Over TLS. */
	HTTPS(443);

	private final int port;

	WebScheme(int port) {
		this.port = port;
	}

	/**
	 * The port that servers have where none is given.
	 * @return 80 or 443
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Reads the scheme of a URI.
	 * @param uri any URI of a server set
	 * @return {@code null} if its scheme is another one
	 */
	public static @Nullable WebScheme of(String uri) {
		for (WebScheme scheme : values()) {
			String beginning = scheme + "://";
			if (uri.trim().regionMatches(true, 0, beginning, 0, beginning.length())) {
				return scheme;
			}
		}
		return null;
	}

	/** As it stands in a URI. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
