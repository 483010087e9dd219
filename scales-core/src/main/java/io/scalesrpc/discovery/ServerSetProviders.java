package io.scalesrpc.discovery;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.Internal;

/**
 * Finds the provider of a scheme. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class ServerSetProviders {

	/**
	 * By their schemes. Each is looked for once, since to search the class path takes
	 * long, and no further than needed: others need not be loaded.
	 */
	private static final Map<String, Provider<ServerSetProvider>> FOUND = new ConcurrentHashMap<>();

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
		for (ServerSetProvider provider : given) {
			if (provider.scheme().equals(uri.scheme())) {
				return provider;
			}
		}
		Provider<ServerSetProvider> known = FOUND.get(uri.scheme());
		return (known != null) ? known.get() : search(given, uri);
	}

	private static ServerSetProvider search(List<ServerSetProvider> given, ServerSetUri uri) {
		SortedSet<String> schemes = new TreeSet<>();
		given.forEach((provider) -> schemes.add(provider.scheme()));
		Iterator<Provider<ServerSetProvider>> all = ServiceLoader
			.load(ServerSetProvider.class, ServerSetProviders.class.getClassLoader())
			.stream()
			.iterator();
		while (all.hasNext()) {
			Provider<ServerSetProvider> found = all.next();
			ServerSetProvider provider = found.get();
			if (provider.scheme().equals(uri.scheme())) {
				FOUND.put(uri.scheme(), found);
				return provider;
			}
			schemes.add(provider.scheme());
		}
		throw new IllegalArgumentException("uri: " + uri + " (expected: a scheme of " + schemes + ")");
	}

}
