package io.scalesrpc.client.assembly;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.MethodSpec;

/**
 * The names by which settings may be given to methods: those in Java, and those on the
 * wire. An environment variable cannot spell {@code getUser}, and configurations are
 * written {@code get-user}: letters and digits count, where only one method can be meant.
 * <em>Immutable</em>.
 *
 * @param specs the methods by their names, those of the interface first
 */
public record MethodNames(Map<String, MethodSpec> specs) {

	/**
	 * The names of an interface and its service; what the interface lacks may be methods
	 * of another interface of the same client.
	 */
	public static MethodNames of(Map<Method, ? extends MethodSpec> bound, Collection<? extends MethodSpec> ofService) {
		Map<String, MethodSpec> specs = new LinkedHashMap<>();
		bound.forEach((method, spec) -> specs.put(method.getName(), spec));
		ofService.forEach((spec) -> specs.putIfAbsent(spec.name(), spec));
		return new MethodNames(specs);
	}

	/**
	 * The name of a method.
	 * @param setting how a text names the kind of setting
	 * @param given the name as it was given
	 * @return the same, if there is such a method; else that of the one that is meant
	 * @throws InvalidSettingException if there is none, or several might be meant
	 */
	public String resolve(String setting, String given) {
		if (this.specs.containsKey(given)) {
			return given;
		}
		String uniform = uniform(given);
		List<Map.Entry<String, MethodSpec>> meant = this.specs.entrySet()
			.stream()
			.filter((one) -> uniform(one.getKey()).equals(uniform))
			.toList();
		if (meant.stream().map((one) -> one.getValue().name()).distinct().count() != 1) {
			TreeSet<String> known = new TreeSet<>(this.specs.keySet());
			throw InvalidSettingException.of(setting, given, "one of " + known)
				.about("methods." + given)
				.knowing(known);
		}
		return meant.get(0).getKey();
	}

	static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

}
