package io.scalesrpc.thrift.declared;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.scalesrpc.Internal;
import io.scalesrpc.call.RoutingKey;
import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftMethod;
import io.scalesrpc.thrift.idl.AnnotatedMethod;
import org.apache.thrift.protocol.TField;
import org.jspecify.annotations.Nullable;

/**
 * Reads an interface that is a Thrift service.
 * <p>
 * <em>Thread-safe</em>.
 */
@Internal
public final class DeclaredInterface {

	private DeclaredInterface() {
	}

	/**
	 * Finds the one such interface that a type is, extends or implements.
	 * @param type an interface or a class
	 * @return the most specific one, or {@code null} if there is none
	 * @throws IllegalArgumentException if there are several
	 */
	public static @Nullable Class<?> find(Class<?> type) {
		Set<Class<?>> found = new LinkedHashSet<>();
		collect(type, found);
		List<Class<?>> specific = new ArrayList<>(found);
		specific.removeIf((one) -> found.stream().anyMatch((other) -> other != one && one.isAssignableFrom(other)));
		if (specific.size() > 1) {
			throw new IllegalArgumentException(type.getName() + ": extends several Thrift services, "
					+ specific.stream().map(Class::getName).toList() + " (expected: one; split the interface)");
		}
		return specific.isEmpty() ? null : specific.get(0);
	}

	private static void collect(@Nullable Class<?> type, Set<Class<?>> found) {
		if (type == null) {
			return;
		}
		if (type.isAnnotationPresent(ThriftInterface.class)) {
			found.add(type);
		}
		collect(type.getSuperclass(), found);
		for (Class<?> parent : type.getInterfaces()) {
			collect(parent, found);
		}
	}

	/**
	 * Reads all its methods; slow, meant for start-up.
	 * @param type the interface
	 * @return the methods, in the order of their names
	 * @throws IllegalArgumentException if something of it cannot be Thrift: says the
	 * class, the component, the reason and the remedy
	 */
	public static List<DeclaredMethod> methods(Class<?> type) {
		if (!type.isInterface()) {
			throw new IllegalArgumentException(type.getName() + ": a class (expected: an interface)");
		}
		TypeReader types = new TypeReader();
		Map<String, DeclaredMethod> methods = new TreeMap<>();
		for (Method method : type.getMethods()) {
			if (!Modifier.isAbstract(method.getModifiers())) {
				continue;
			}
			DeclaredMethod read = read(type, method, types);
			if (methods.putIfAbsent(read.name(), read) != null) {
				throw new IllegalArgumentException(type.getName() + "." + read.name()
						+ ": two methods of this name (expected: one; Thrift has no overloads)");
			}
		}
		return List.copyOf(methods.values());
	}

	private static DeclaredMethod read(Class<?> type, Method method, TypeReader types) {
		String where = type.getName() + "." + method.getName();
		ThriftMethod said = method.getAnnotation(ThriftMethod.class);
		String name = (said == null || said.name().isEmpty()) ? method.getName() : said.name();
		List<Class<?>> exceptions = exceptions(method);
		FieldSet arguments = arguments(name, method, where, types);
		if (said != null && said.oneway()) {
			if (method.getReturnType() != void.class || !exceptions.isEmpty()) {
				throw new IllegalArgumentException(
						where + ": oneway, with a result or exceptions (expected: void, and none)");
			}
			return new DeclaredMethod(name, method, arguments, null, exceptions, said(said, method, where));
		}
		return new DeclaredMethod(name, method, arguments, result(name, method, exceptions, where, types), exceptions,
				said(said, method, where));
	}

	private static AnnotatedMethod said(@Nullable ThriftMethod annotation, Method method, String where) {
		String key = Arrays.stream(method.getParameters())
			.filter((parameter) -> parameter.isAnnotationPresent(RoutingKey.class))
			.map(Parameter::getName)
			.findFirst()
			.orElse(null);
		if (annotation == null) {
			return new AnnotatedMethod(null, null, key);
		}
		try {
			return new AnnotatedMethod(annotation.idempotent() ? true : null,
					annotation.timeout().isEmpty() ? null : annotation.timeout(), key);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					where + ": timeout " + annotation.timeout() + " (expected: " + ex.getMessage() + ")", ex);
		}
	}

	private static List<Class<?>> exceptions(Method method) {
		List<Class<?>> exceptions = new ArrayList<>();
		for (Class<?> exception : method.getExceptionTypes()) {
			// As in generated interfaces, it stands for failures outside the service.
			if (!exception.getName().equals("org.apache.thrift.TException")) {
				exceptions.add(exception);
			}
		}
		return exceptions;
	}

	private static FieldSet arguments(String name, Method method, String where, TypeReader types) {
		Parameter[] parameters = method.getParameters();
		Type[] declared = method.getGenericParameterTypes();
		List<Field> fields = new ArrayList<>();
		Set<Integer> seen = new HashSet<>();
		for (int i = 0; i < parameters.length; i++) {
			ThriftField said = parameters[i].getAnnotation(ThriftField.class);
			String parameter = parameters[i].getName();
			String place = where + "(" + parameter + ")";
			int id = TypeReader.checked((said != null) ? said.value() : i + 1, place, seen);
			WireType wire = types.type(declared[i], place);
			fields.add(new Field(parameter, new TField(parameter, wire.id(), (short) id), wire,
					said != null && said.required(), i, StructCode.isPrimitive(declared[i])));
		}
		return new FieldSet(name + "_args", fields);
	}

	private static FieldSet result(String name, Method method, List<Class<?>> exceptions, String where,
			TypeReader types) {
		List<Field> fields = new ArrayList<>();
		if (method.getReturnType() != void.class) {
			fields.add(result("success", 0, types.type(method.getGenericReturnType(), where), 0));
		}
		for (int i = 0; i < exceptions.size(); i++) {
			fields.add(result("exception", i + 1, types.type(exceptions.get(i), where), fields.size()));
		}
		return new FieldSet(name + "_result", fields);
	}

	/** Unset, also if it is primitive: a result without a value is an error. */
	private static Field result(String name, int id, WireType type, int position) {
		return new Field(name, new TField(name, type.id(), (short) id), type, false, position, false);
	}

}
