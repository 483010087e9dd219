package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.thrift.ProcessFunction;
import org.apache.thrift.TBase;
import org.apache.thrift.TBaseProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The outer class that the Thrift compiler generates for a service, and those nested
 * classes of it that are needed here. Nested classes are found by their names: others of
 * the same class may need libraries that are not there.
 * <p>
 * <em>Immutable</em>.
 *
 * @param outer the class named like the service
 * @param iface its blocking interface, {@code Iface}
 */
record GeneratedService(Class<?> outer, Class<?> iface) {

	private static final String ARGUMENTS = "_args";

	private static final String RESULT = "_result";

	/**
	 * Finds the one service that a class is, is nested in, extends or implements.
	 * @throws IllegalArgumentException if there is none, or more than one
	 */
	static GeneratedService of(Class<?> type) {
		Map<Class<?>, GeneratedService> found = new LinkedHashMap<>();
		collect(type, found);
		List<GeneratedService> specific = new ArrayList<>(found.values());
		specific.removeIf((candidate) -> found.values().stream().anyMatch((other) -> other.extendsService(candidate)));
		if (specific.size() == 1) {
			return specific.get(0);
		}
		throw new IllegalArgumentException((specific.isEmpty())
				? type.getName() + ": not a Thrift service (expected: the class that a Thrift compiler generated, its"
						+ " Iface, or a type that extends its Iface)"
				: type.getName() + ": extends several Thrift services, "
						+ specific.stream().map(GeneratedService::name).toList()
						+ " (expected: one; split the interface)");
	}

	/** Whether a class is, is nested in, extends or implements at least one service. */
	static boolean isBehind(Class<?> type) {
		Map<Class<?>, GeneratedService> found = new LinkedHashMap<>();
		collect(type, found);
		return !found.isEmpty();
	}

	/** Found by class, since the first hash code of a record is slow in a cold JVM. */
	private static void collect(@Nullable Class<?> type, Map<Class<?>, GeneratedService> found) {
		if (type == null) {
			return;
		}
		GeneratedService service = exactly(type);
		if (service == null && type.getDeclaringClass() != null) {
			service = exactly(type.getDeclaringClass());
		}
		if (service != null) {
			found.put(service.outer, service);
			return;
		}
		collect(type.getSuperclass(), found);
		for (Class<?> parent : type.getInterfaces()) {
			collect(parent, found);
		}
	}

	private static @Nullable GeneratedService exactly(Class<?> outer) {
		Class<?> iface = nested(outer, "Iface");
		if (iface == null || !iface.isInterface()) {
			return null;
		}
		GeneratedService service = new GeneratedService(outer, iface);
		return (service.hasProcessor() || !service.ownNames().isEmpty()) ? service : null;
	}

	/** Scrooge's {@code Processor} is of another kind. */
	private boolean hasProcessor() {
		try {
			Class<?> processor = nested(this.outer, "Processor");
			return processor != null && TBaseProcessor.class.isAssignableFrom(processor);
		}
		catch (LinkageError ex) {
			return false;
		}
	}

	private static @Nullable Class<?> nested(Class<?> outer, String name) {
		try {
			return Class.forName(outer.getName() + "$" + name, false, outer.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			return null;
		}
	}

	private boolean extendsService(GeneratedService other) {
		return this.iface != other.iface && other.iface.isAssignableFrom(this.iface);
	}

	String name() {
		return this.outer.getName();
	}

	/**
	 * The functions of this service and of those it extends, by their names in the IDL.
	 * @throws IllegalArgumentException if a class of one of them does not fit libthrift
	 */
	Map<String, ThriftFunction> functions() {
		if (!hasProcessor()) {
			return byStructs();
		}
		try {
			return byProcessor();
		}
		catch (LinkageError | ReflectiveOperationException ex) {
			// Of another compiler, or not there: a client needs none.
			return byStructs();
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private Map<String, ThriftFunction> byProcessor() throws ReflectiveOperationException {
		Class<?> processor = Class.forName(name() + "$Processor", true, this.outer.getClassLoader());
		TBaseProcessor made = (TBaseProcessor) processor.getConstructor(this.iface).newInstance(new Object[] { null });
		Map<String, ProcessFunction<Object, TBase, TBase>> found = made.getProcessMapView();
		Map<String, ThriftFunction> functions = new LinkedHashMap<>();
		found.forEach((name, function) -> functions.put(name, ProcessorFunction.of(function)));
		return functions;
	}

	private Map<String, ThriftFunction> byStructs() {
		Map<String, ThriftFunction> functions = new LinkedHashMap<>();
		for (Class<?> type : this.iface.getInterfaces()) {
			GeneratedService parent = (type.getDeclaringClass() != null) ? exactly(type.getDeclaringClass()) : null;
			if (parent != null) {
				functions.putAll(parent.byStructs());
			}
		}
		Map<String, Method> own = ownNames();
		for (Method method : this.iface.getDeclaredMethods()) {
			if (Modifier.isAbstract(method.getModifiers()) && !own.containsValue(method)) {
				throw new IllegalArgumentException(name() + "." + method.getName() + ": without its class "
						+ method.getName() + ARGUMENTS + " (expected: all that one run of a Thrift compiler wrote)");
			}
		}
		own.forEach((name, method) -> functions.put(name, function(name, method)));
		return functions;
	}

	private ThriftFunction function(String name, Method method) {
		String prefix = name() + "$" + name;
		StructLinkage linkage = new StructLinkage(this.outer.getClassLoader());
		TBase<?, ?> result = (nested(this.outer, name + RESULT) != null) ? linkage.create(prefix + RESULT) : null;
		return new HandlerFunction(new GeneratedStruct(linkage.create(prefix + ARGUMENTS)),
				(result != null) ? new GeneratedStruct(result) : null, method,
				Signature.of(method).declaredExceptions());
	}

	/** The methods that this service declares itself, by their names in the IDL. */
	private Map<String, Method> ownNames() {
		Map<String, Method> names = new LinkedHashMap<>();
		for (Method method : this.iface.getDeclaredMethods()) {
			String name = nameOf(method.getName());
			if (name != null) {
				names.put(name, method);
			}
		}
		return names;
	}

	/** With the option {@code fullcamel} only the method has its name in camel case. */
	private @Nullable String nameOf(String method) {
		if (nested(this.outer, method + ARGUMENTS) != null) {
			return method;
		}
		StringBuilder name = new StringBuilder(method.length());
		for (char c : method.toCharArray()) {
			name.append((Character.isUpperCase(c)) ? "_" + Character.toLowerCase(c) : c);
		}
		return (nested(this.outer, name + ARGUMENTS) != null) ? name.toString() : null;
	}

}
