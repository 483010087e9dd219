package io.scalesrpc.discovery;

import io.scalesrpc.Internal;

/**
 * Makes static sets: {@code tcp://h1:p1,h2:p2}. <em>Immutable</em>.
 */
@Internal
public final class StaticServerSetProvider implements ServerSetProvider {

	/** Made by the {@link java.util.ServiceLoader}. */
	public StaticServerSetProvider() {
	}

	@Override
	public String scheme() {
		return "tcp";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		if (!uri.path().isEmpty() && !uri.path().equals("/") || !uri.fragment().isEmpty()) {
			String meant = uri.path().matches("/\\d+") ? "; a database of Redis is redis.database" : "";
			throw new IllegalArgumentException(
					"uri: " + uri + " (expected: no path and no # after a tcp:// list" + meant + ")");
		}
		return new StaticServerSet(uri.members());
	}

}
