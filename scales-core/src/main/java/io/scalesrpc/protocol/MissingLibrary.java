package io.scalesrpc.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.Internal;
import io.scalesrpc.call.InvalidSettingException;

/**
 * Names what to add to the class path for a class that is not there. Optional libraries
 * are found missing by whoever looks at an interface that has one of their types in a
 * method, which the virtual machine says by an error that tells nobody what to do.
 * <em>Stateless</em>; thread-safe.
 */
@Internal
public final class MissingLibrary {

	/** Artefacts by the packages that they have. */
	private static final Map<String, String> ARTEFACTS = artefacts();

	private MissingLibrary() {
	}

	/**
	 * Looks at an interface, whose types may be missing.
	 * @param type the interface
	 * @param look what looks at its methods
	 * @param <R> what that finds
	 * @return what was found
	 * @throws InvalidSettingException if a class is missing; the text names it and what
	 * to add
	 */
	public static <R> R toldBy(Class<?> type, Supplier<R> look) {
		try {
			return look.get();
		}
		catch (LinkageError ex) {
			throw refusal(type, ex);
		}
	}

	/**
	 * What is wrong with an interface whose methods cannot be looked at.
	 * @param type the interface
	 * @param thrown what was thrown
	 * @return says which class is missing and what to add
	 */
	public static InvalidSettingException refusal(Class<?> type, LinkageError thrown) {
		String missing = String.valueOf(thrown.getMessage()).replace('/', '.');
		String name = missing.replaceFirst("^\\[*L?", "").replaceFirst(";$", "");
		if (!(thrown instanceof NoClassDefFoundError)) {
			String text = type.getName() + ": a class that its methods have cannot be used: " + thrown
					+ " (expected: versions on the class path that fit each other)";
			return InvalidSettingException.because(type.getName(), text, thrown);
		}
		return InvalidSettingException.withoutLibrary(type.getName(), "its methods have " + name + ", which is missing",
				artefact(name), thrown);
	}

	private static String artefact(String missing) {
		return ARTEFACTS.entrySet()
			.stream()
			.filter((entry) -> missing.startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse("the library that has it");
	}

	private static Map<String, String> artefacts() {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("io.lettuce.", "io.lettuce:lettuce-core");
		all.put("org.apache.kafka.", "org.apache.kafka:kafka-clients");
		all.put("kotlinx.coroutines.reactive.", "org.jetbrains.kotlinx:kotlinx-coroutines-reactor");
		all.put("kotlinx.coroutines.", "org.jetbrains.kotlinx:kotlinx-coroutines-core");
		all.put("reactor.", "io.projectreactor:reactor-core");
		all.put("org.reactivestreams.", "org.reactivestreams:reactive-streams");
		all.put("org.apache.thrift.", "org.apache.thrift:libthrift");
		all.put("org.springframework.web.", "org.springframework:spring-web");
		all.put("org.springframework.http.", "org.springframework:spring-web");
		all.put("org.springframework.messaging.", "org.springframework:spring-messaging");
		all.put("org.springframework.kafka.", "org.springframework.kafka:spring-kafka");
		return all;
	}

}
