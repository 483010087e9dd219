package io.scalesrpc.client.assembly;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.hedging.HedgingSettings;

/**
 * The settings that stages read from a call: those of all methods, and what single ones
 * say otherwise. <em>Confined to the thread that builds.</em>
 */
public final class MethodOptions {

	private final Map<String, CallOptions> ofMethods = new LinkedHashMap<>();

	private CallOptions ofAll = CallOptions.NONE;

	public <V> void ofAll(CallOptions.Key<V> key, V value) {
		this.ofAll = this.ofAll.with(key, value);
	}

	public CallOptions ofAll() {
		return this.ofAll;
	}

	public <V> void ofMethod(String method, CallOptions.Key<V> key, V value) {
		this.ofMethods.compute(Checks.text("method", method),
				(name, known) -> ((known != null) ? known : CallOptions.NONE).with(key, value));
	}

	public Map<String, CallOptions> ofMethods() {
		return this.ofMethods;
	}

	public void addAll(MethodOptions others) {
		this.ofAll = others.ofAll;
		this.ofMethods.putAll(others.ofMethods);
	}

	/** Whether something is said, for all methods or for one. */
	public boolean any(Predicate<CallOptions> said) {
		return said.test(this.ofAll) || this.ofMethods.values().stream().anyMatch(said);
	}

	/** Refuses hedging that would have no effect. */
	public void requireHedgeable() {
		if (this.ofAll.get(HedgingSettings.KEY).enabled()) {
			Checks.about("hedging.enabled", () -> {
				Checks.require(any((options) -> options.get(Idempotence.KEY)), "hedging", "on",
						"at least one method that is said to be idempotent");
				return true;
			});
		}
	}

	/**
	 * Refuses to keep results of methods that have none.
	 * @param specs the methods by the names they may be set for
	 */
	public void requireCacheable(Map<String, MethodSpec> specs) {
		this.ofMethods.forEach((name, options) -> {
			MethodSpec spec = specs.get(name);
			boolean fits = spec == null || spec.codec() != null || options.get(CacheSettings.KEY).cache() == null;
			if (!fits) {
				throw InvalidSettingException
					.of("cache", name, "a method with a result, of a protocol that can encode it; of HTTP, GET or HEAD")
					.about("methods." + name + ".cache.name");
			}
		});
	}

	/**
	 * Adds what a service says of its methods, by their own names: what is set for one
	 * comes first, and so does what is set for a name that a method has in Java.
	 * @param specs the methods by the names they may be set for
	 */
	public void addDeclared(Map<String, MethodSpec> specs) {
		specs.values().forEach((spec) -> {
			boolean isSet = this.ofMethods.getOrDefault(spec.name(), CallOptions.NONE).has(Idempotence.KEY);
			if (!isSet && spec.declared().has(Idempotence.KEY)) {
				ofMethod(spec.name(), Idempotence.KEY, spec.declared().get(Idempotence.KEY));
			}
		});
	}

	/** Gives methods the names that {@code resolver} says. */
	public void resolve(UnaryOperator<String> resolver) {
		Map<String, CallOptions> given = new LinkedHashMap<>(this.ofMethods);
		this.ofMethods.clear();
		given.forEach((method, options) -> this.ofMethods.merge(resolver.apply(method), options, CallOptions::withAll));
	}

}
