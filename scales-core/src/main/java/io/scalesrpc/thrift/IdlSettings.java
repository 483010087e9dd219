package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.thrift.idl.AnnotatedMethod;
import io.scalesrpc.thrift.idl.IdlAnnotations;

/**
 * What IDLs say of the methods of a service and of those that it extends, each in its own
 * file. <em>Confined to the thread</em> that starts.
 */
final class IdlSettings {

	private final Map<Class<?>, Map<String, AnnotatedMethod>> read = new HashMap<>();

	/**
	 * What is said of a method.
	 * @param method of an {@code Iface}
	 * @param name in the IDL
	 */
	AnnotatedMethod of(Method method, String name) {
		Class<?> outer = method.getDeclaringClass().getDeclaringClass();
		return (outer != null)
				? this.read.computeIfAbsent(outer, IdlAnnotations::of).getOrDefault(name, AnnotatedMethod.NONE)
				: AnnotatedMethod.NONE;
	}

	/** A file of another version of the IDL would be wrong without a word. */
	void requireAllOf(Set<String> methods) {
		this.read.forEach((service, said) -> said.keySet().forEach((method) -> {
			if (!methods.contains(method)) {
				throw new IllegalArgumentException(IdlAnnotations.FOLDER + service.getName() + ".properties: " + method
						+ " (expected: a method of " + service.getName() + "; the file is written anew by the build, of"
						+ " the IDL that the classes are made of)");
			}
		}));
	}

}
