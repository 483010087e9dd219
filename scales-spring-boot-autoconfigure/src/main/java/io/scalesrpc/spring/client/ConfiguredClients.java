package io.scalesrpc.spring.client;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ScalesProperties;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the configuration by name. An environment variable cannot spell
 * {@code price-list}; what it says of {@code pricelist} belongs to the same client.
 * <em>Immutable</em>.
 *
 * @param properties the configuration
 */
record ConfiguredClients(ScalesProperties properties) {

	/** The settings in effect of a client, configured or not. */
	ClientProperties settings(String client) {
		ClientProperties own = own(client);
		return ((own != null) ? own : ClientProperties.NONE).over(this.properties.defaults());
	}

	boolean contains(String client) {
		return own(client) != null;
	}

	SortedSet<String> names() {
		return new TreeSet<>(this.properties.clients().keySet());
	}

	/** The configured clients of which none of these is meant. */
	List<String> without(Collection<String> used) {
		List<String> usedNames = used.stream().map(ConfiguredClients::uniform).toList();
		return names().stream().filter((name) -> !usedNames.contains(uniform(name))).toList();
	}

	private @Nullable ClientProperties own(String client) {
		ClientProperties exact = this.properties.clients().get(client);
		if (exact != null) {
			return exact;
		}
		return names().stream()
			.filter((name) -> uniform(name).equals(uniform(client)))
			.map(this.properties.clients()::get)
			.findFirst()
			.orElse(null);
	}

	private static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

}
