package io.scalesrpc.client.assembly;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say what is spoken. <em>Confined to the thread that builds.</em>
 */
public final class ProtocolChoice {

	/**
	 * By their names. Each is looked for once, since to search the class path takes long,
	 * and no further than needed: others need not be loaded.
	 */
	private static final Map<String, Provider<Protocol>> FOUND = new ConcurrentHashMap<>();

	private final Map<String, String> options = new LinkedHashMap<>();

	private final Map<String, String> defaults = new LinkedHashMap<>();

	private String name = "thriftmux";

	private @Nullable Protocol given;

	private @Nullable Class<?> service;

	public void name(String newName) {
		this.name = Checks.text("protocol", newName);
		this.given = null;
	}

	public void given(Protocol protocol) {
		this.given = protocol;
	}

	public void service(Class<?> newService) {
		this.service = newService;
	}

	public void option(String key, String value) {
		this.options.put(Checks.text("option", key), value);
	}

	public void defaultOption(String key, String value) {
		this.defaults.put(Checks.text("option", key), value);
	}

	/** What was set, and those defaults that the protocol heeds. */
	public Map<String, String> options(Protocol spoken) {
		Set<String> known = spoken.options(merged(Set.of()));
		Map<String, String> all = merged(known);
		Set<String> heeded = spoken.options(Map.copyOf(all));
		if (!heeded.isEmpty()) {
			all.keySet().removeIf((name) -> !heeded.contains(name) && !isGiven(name));
		}
		return all;
	}

	/** By the names of the protocol, where letters and digits are the same. */
	private Map<String, String> merged(Set<String> known) {
		Map<String, String> byUniform = new HashMap<>();
		known.forEach((name) -> byUniform.put(MethodNames.uniform(name), name));
		Map<String, String> all = new LinkedHashMap<>();
		List.of(this.defaults, this.options)
			.forEach((some) -> some
				.forEach((name, value) -> all.put(byUniform.getOrDefault(MethodNames.uniform(name), name), value)));
		return all;
	}

	private boolean isGiven(String option) {
		return this.options.keySet()
			.stream()
			.anyMatch((name) -> MethodNames.uniform(name).equals(MethodNames.uniform(option)));
	}

	@Nullable public Class<?> service() {
		return this.service;
	}

	public Protocol resolve() {
		if (this.given != null) {
			return this.given;
		}
		Provider<Protocol> known = FOUND.get(this.name);
		return (known != null) ? known.get() : find();
	}

	private Protocol find() {
		List<String> names = new ArrayList<>();
		Iterator<Provider<Protocol>> all = ServiceLoader.load(Protocol.class, ProtocolChoice.class.getClassLoader())
			.stream()
			.iterator();
		while (all.hasNext()) {
			Provider<Protocol> provider = all.next();
			Protocol protocol = provider.get();
			if (protocol.name().equals(this.name)) {
				FOUND.put(this.name, provider);
				return protocol;
			}
			names.add(protocol.name());
		}
		Collections.sort(names);
		throw InvalidSettingException.of("protocol", this.name, "one of " + names).knowing(names);
	}

}
