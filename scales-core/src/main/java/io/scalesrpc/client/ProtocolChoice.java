package io.scalesrpc.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;

import io.scalesrpc.call.Checks;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say what is spoken. <em>Confined to the thread that builds.</em>
 */
final class ProtocolChoice {

	private final Map<String, String> options = new LinkedHashMap<>();

	private final Map<String, String> defaults = new LinkedHashMap<>();

	private String name = "thriftmux";

	private @Nullable Protocol given;

	private @Nullable Class<?> service;

	void name(String newName) {
		this.name = Checks.text("protocol", newName);
		this.given = null;
	}

	void given(Protocol protocol) {
		this.given = protocol;
	}

	void service(Class<?> newService) {
		this.service = newService;
	}

	void option(String key, String value) {
		this.options.put(Checks.text("option", key), value);
	}

	void defaultOption(String key, String value) {
		this.defaults.put(Checks.text("option", key), value);
	}

	/** What was set, and those defaults that the protocol heeds. */
	Map<String, String> options(Protocol spoken) {
		Map<String, String> all = new LinkedHashMap<>(this.defaults);
		all.putAll(this.options);
		Set<String> heeded = spoken.options(Map.copyOf(all));
		if (!heeded.isEmpty()) {
			all.keySet().removeIf((name) -> !heeded.contains(name) && !this.options.containsKey(name));
		}
		return all;
	}

	@Nullable Class<?> service() {
		return this.service;
	}

	Protocol resolve() {
		if (this.given != null) {
			return this.given;
		}
		List<Protocol> known = ServiceLoader.load(Protocol.class, getClass().getClassLoader())
			.stream()
			.map(Provider::get)
			.toList();
		for (Protocol protocol : known) {
			if (protocol.name().equals(this.name)) {
				return protocol;
			}
		}
		throw new IllegalArgumentException("protocol: " + this.name + " (expected: one of "
				+ known.stream().map(Protocol::name).sorted().toList() + ")");
	}

}
