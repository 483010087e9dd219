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
import java.util.Comparator;
import java.util.List;

import io.scalesrpc.thrift.annotation.ThriftField;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The reflection of classes that are structs: their constructors and accessors.
 * <em>Thread-safe</em>.
 */
final class StructCode {

	private static final MethodType WRITER = MethodType.methodType(void.class, TProtocol.class, Object.class);

	private static final MethodType MAKER = MethodType.methodType(Object.class, Scratch.class, Object[].class);

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
					if (method.getName().equals(candidate) && method.getParameterCount() == 0 && !method.isBridge()) {
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

	/**
	 * Writes the fields of a struct in the order of their ids.
	 * @param struct its name, for texts
	 * @param parts in the order of the constructor
	 * @param fields in the same order
	 */
	static MethodHandle writer(String struct, List<Part> parts, List<Field> fields) {
		MethodHandle all = MethodHandles.empty(WRITER);
		List<Field> last = fields.stream().sorted(Comparator.comparingInt(Field::id).reversed()).toList();
		for (Field field : last) {
			all = MethodHandles.foldArguments(all,
					FieldWriter.of(struct, field, parts.get(field.position()).accessor()));
		}
		return all;
	}

	/**
	 * Calls a constructor with the values that a frame of a scratch and an array have.
	 */
	static MethodHandle maker(Constructor<?> constructor) {
		try {
			MethodHandle made = lookup(constructor.getDeclaringClass()).unreflectConstructor(constructor);
			Class<?>[] types = constructor.getParameterTypes();
			MethodHandle[] values = new MethodHandle[types.length];
			int[] from = new int[types.length];
			for (int i = 0; i < types.length; i++) {
				values[i] = ScratchValues.of(types[i], i);
				from[i] = types[i].isPrimitive() ? 0 : 1;
			}
			return MethodHandles
				.permuteArguments(MethodHandles.filterArguments(made, 0, values),
						MAKER.changeReturnType(made.type().returnType()), from)
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
