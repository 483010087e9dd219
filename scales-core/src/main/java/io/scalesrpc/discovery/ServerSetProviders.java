package io.scalesrpc.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

import io.scalesrpc.Internal;

/**
 * Finds the provider of a scheme. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class ServerSetProviders {

	private ServerSetProviders() {
	}

	/**
	 * Finds the provider for a URI. Those handed in come first: they may stand in for one
	 * that {@link ServiceLoader} finds.
	 * @param given providers beside those that are found; may be empty
	 * @param uri names the scheme
	 * @return the first that answers for the scheme
	 * @throws IllegalArgumentException if there is none; the text names the schemes there
	 * are
	 */
	public static ServerSetProvider find(List<ServerSetProvider> given, ServerSetUri uri) {
		List<ServerSetProvider> known = new ArrayList<>(given);
		ServiceLoader.load(ServerSetProvider.class, ServerSetProviders.class.getClassLoader()).forEach(known::add);
		for (ServerSetProvider provider : known) {
			if (provider.scheme().equals(uri.scheme())) {
				return provider;
			}
		}
		throw new IllegalArgumentException("uri: " + uri + " (expected: a scheme of "
				+ known.stream().map(ServerSetProvider::scheme).distinct().sorted().toList() + ")");
	}

}
