package io.scalesrpc.discovery;

import io.scalesrpc.Internal;

/**
 * Makes static sets of the servers that a URI of the web names. <em>Immutable</em>.
 */
@Internal
public abstract sealed class WebServerSetProvider implements ServerSetProvider {

	private final WebScheme scheme;

	private WebServerSetProvider(WebScheme scheme) {
		this.scheme = scheme;
	}

	@Override
	public final String scheme() {
		return this.scheme.toString();
	}

	@Override
	public final ServerSet create(ServerSetUri uri) {
		if (uri.authority().indexOf('@') >= 0) {
			// Not repeated: it may be a password.
			throw new IllegalArgumentException(
					"uri: " + this.scheme + "://...@... (expected: no user; credentials belong into a header)");
		}
		if ((!uri.path().isEmpty() && !uri.path().equals("/")) || !uri.fragment().isEmpty()
				|| uri.authority().indexOf('?') >= 0) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: hosts only, such as " + this.scheme
					+ "://h1,h2:8443; a path belongs to the requests, such as @HttpExchange(\"/users\"),"
					+ " or with thrift-http to its option path)");
		}
		return new StaticServerSet(uri.members(this.scheme.port()));
	}

	/** {@code http://}. <em>Immutable</em>. */
	public static final class Http extends WebServerSetProvider {

		/** Creates the provider. */
		public Http() {
			super(WebScheme.HTTP);
		}

	}

	/** {@code https://}. <em>Immutable</em>. */
	public static final class Https extends WebServerSetProvider {

		/** Creates the provider. */
		public Https() {
			super(WebScheme.HTTPS);
		}

	}

}
