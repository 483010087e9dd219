package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
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

	private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

	private static final MethodType MAKER = MethodType.methodType(Object.class, Object[].class);

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
						component.getAnnotation(ThriftField.class), component.getAccessor(),
						getter(component.getAccessor())));
			}
			return parts;
		}
		Type[] types = constructor.getGenericParameterTypes();
		Parameter[] parameters = constructor.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			Method accessor = accessor(type, parameters[i]);
			parts.add(new Part(parameters[i].getName(), types[i], parameters[i].getAnnotation(ThriftField.class),
					accessor, getter(accessor)));
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
			return lookup(method.getDeclaringClass()).unreflect(method).asType(GETTER);
		}
		catch (IllegalAccessException ex) {
			throw closed(method.getDeclaringClass(), ex);
		}
	}

	static MethodHandle maker(Constructor<?> constructor) {
		try {
			return lookup(constructor.getDeclaringClass()).unreflectConstructor(constructor)
				.asSpreader(Object[].class, constructor.getParameterCount())
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

	/** What a field of this type has before anything is put into it. */
	static @Nullable Object zero(Type type) {
		return (type instanceof Class<?> raw && raw.isPrimitive()) ? Array.get(Array.newInstance(raw, 1), 0) : null;
	}

	/**
	 * One component. <em>Immutable</em>.
	 *
	 * @param name its name
	 * @param type its type
	 * @param said its annotation
	 * @param method gives its value
	 * @param accessor the same, takes the struct
	 */
	record Part(String name, Type type, @Nullable ThriftField said, Method method, MethodHandle accessor) {

	}

}
