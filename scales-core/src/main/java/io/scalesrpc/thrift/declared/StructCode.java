package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.scalesrpc.thrift.annotation.ThriftField;
import org.jspecify.annotations.Nullable;

/**
 * The reflection of classes that are structs: their constructors and accessors.
 * <em>Thread-safe</em>.
 */
final class StructCode {

	private static final MethodType TAKER = MethodType.methodType(void.class, Scratch.class, Object.class);

	private static final MethodType MAKER = MethodType.methodType(Object.class, Scratch.class);

	private StructCode() {
	}

	/** Of a record the canonical one; of another class the only one, with ids. */
	static @Nullable Constructor<?> constructor(Class<?> type) {
		if (type.isRecord()) {
			Class<?>[] components = Arrays.stream(type.getRecordComponents())
				.map(RecordComponent::getType)
				.toArray(Class<?>[]::new);
			return Arrays.stream(type.getDeclaredConstructors())
				.filter((candidate) -> Arrays.equals(candidate.getParameterTypes(), components))
				.findFirst()
				.orElse(null);
		}
		return Arrays.stream(type.getDeclaredConstructors())
			.filter((candidate) -> Arrays.stream(candidate.getParameters())
				.anyMatch((parameter) -> parameter.isAnnotationPresent(ThriftField.class)))
			.findFirst()
			.orElse(null);
	}

	static List<Part> parts(Class<?> type, Constructor<?> constructor) {
		List<Part> parts = new ArrayList<>();
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				parts.add(new Part(component.getName(), component.getGenericType(),
						component.getAnnotation(ThriftField.class), getter(component.getAccessor())));
			}
			return parts;
		}
		Type[] types = constructor.getGenericParameterTypes();
		Parameter[] parameters = constructor.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			parts.add(new Part(parameters[i].getName(), types[i], parameters[i].getAnnotation(ThriftField.class),
					getter(accessor(type, parameters[i]))));
		}
		return parts;
	}

	private static Method accessor(Class<?> type, Parameter parameter) {
		String name = parameter.getName();
		String end = Character.toUpperCase(name.charAt(0)) + name.substring(1);
		for (String candidate : List.of(name, "get" + end, "is" + end)) {
			for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
				for (Method method : owner.getDeclaredMethods()) {
					if (method.getName().equals(candidate) && method.getParameterCount() == 0) {
						return method;
					}
				}
			}
		}
		throw new IllegalArgumentException(type.getName() + "." + name + ": no accessor (expected: a method " + name
				+ "() or get" + end + "(); and names of parameters, which javac -parameters keeps)");
	}

	private static MethodHandle getter(Method method) {
		try {
			return lookup(method.getDeclaringClass()).unreflect(method);
		}
		catch (IllegalAccessException ex) {
			throw closed(method.getDeclaringClass(), ex);
		}
	}

	/** Puts all values of a struct into a frame of a scratch. */
	static MethodHandle taker(List<Part> parts) {
		MethodHandle all = MethodHandles.empty(TAKER);
		for (int i = parts.size() - 1; i >= 0; i--) {
			all = MethodHandles.foldArguments(all, ScratchValues.put(parts.get(i).accessor(), i));
		}
		return all;
	}

	/** Calls a constructor with the values that a frame of a scratch has. */
	static MethodHandle maker(Constructor<?> constructor) {
		try {
			MethodHandle made = lookup(constructor.getDeclaringClass()).unreflectConstructor(constructor);
			Class<?>[] types = constructor.getParameterTypes();
			MethodHandle[] values = new MethodHandle[types.length];
			for (int i = 0; i < types.length; i++) {
				values[i] = ScratchValues.of(types[i], i);
			}
			return MethodHandles
				.permuteArguments(MethodHandles.filterArguments(made, 0, values),
						MethodType.methodType(made.type().returnType(), Scratch.class), new int[types.length])
				.asType(MAKER);
		}
		catch (IllegalAccessException ex) {
			throw closed(constructor.getDeclaringClass(), ex);
		}
	}

	/** Classes of the JDK, of which exceptions inherit accessors, are public anyway. */
	private static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
		return type.getName().startsWith("java.") ? MethodHandles.publicLookup()
				: MethodHandles.privateLookupIn(type, MethodHandles.lookup());
	}

	private static IllegalArgumentException closed(Class<?> type, IllegalAccessException cause) {
		return new IllegalArgumentException(
				type.getName() + ": not accessible (expected: a module that opens its package)", cause);
	}

	static java.lang.reflect.Field constant(Class<?> type, String name) {
		try {
			return type.getField(name);
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static boolean isPrimitive(Type type) {
		return type instanceof Class<?> raw && raw.isPrimitive();
	}

	/**
	 * One component. <em>Immutable</em>.
	 *
	 * @param name its name
	 * @param type its type
	 * @param said its annotation
	 * @param accessor gives its value
	 */
	record Part(String name, Type type, @Nullable ThriftField said, MethodHandle accessor) {

	}

}
