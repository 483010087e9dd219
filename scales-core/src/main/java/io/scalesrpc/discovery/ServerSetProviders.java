package io.scalesrpc.discovery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Stream;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider of a scheme. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class ServerSetProviders {

	/** Looked for once: to search the class path takes long. */
	private static volatile @Nullable List<Provider<ServerSetProvider>> found;

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
		List<ServerSetProvider> known = new ArrayList<>();
		Iterator<ServerSetProvider> all = Stream.concat(given.stream(), found().stream().map(Provider::get)).iterator();
		while (all.hasNext()) {
			ServerSetProvider provider = all.next();
			if (provider.scheme().equals(uri.scheme())) {
				return provider;
			}
			known.add(provider);
		}
		throw new IllegalArgumentException("uri: " + uri + " (expected: a scheme of "
				+ known.stream().map(ServerSetProvider::scheme).distinct().sorted().toList() + ")");
	}

	/** A search that failed is made again: whoever comes next is to know why, too. */
	private static List<Provider<ServerSetProvider>> found() {
		List<Provider<ServerSetProvider>> known = found;
		if (known == null) {
			known = ServiceLoader.load(ServerSetProvider.class, ServerSetProviders.class.getClassLoader())
				.stream()
				.toList();
			found = known;
		}
		return known;
	}

}
