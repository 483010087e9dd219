package io.scalesrpc.thrift;

import java.lang.ref.SoftReference;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.Internal;
import io.scalesrpc.thrift.declared.DeclaredInterface;
import io.scalesrpc.thrift.declared.DeclaredMethod;
import io.scalesrpc.thrift.declared.FieldSet;
import org.jspecify.annotations.Nullable;

/**
 * A Thrift service as its generated code, or its annotated interface, describes it: the
 * methods, those of the services it extends included.
 * <p>
 * <em>Immutable</em>.
 */
@Internal
public final class ThriftService {

	/**
	 * Each interface is asked for several times, for proxies, for settings of methods.
	 * Softly: an interface may outlive the classes of Scales that have read it.
	 */
	private static final ClassValue<SoftReference<ThriftService>> READ = new ClassValue<>() {
		@Override
		protected SoftReference<ThriftService> computeValue(Class<?> type) {
			return new SoftReference<>(read(type));
		}
	};

	private final String name;

	private final Class<?> iface;

	private final Map<String, ThriftMethod> methods = new TreeMap<>();

	private final Map<String, ThriftMethod> byJavaName = new LinkedHashMap<>();

	private ThriftService(GeneratedService generated) {
		this.name = generated.name();
		this.iface = generated.iface();
		Map<String, Method> declared = new LinkedHashMap<>();
		for (Method method : generated.iface().getMethods()) {
			declared.put(method.getName(), method);
		}
		IdlSettings said = new IdlSettings();
		generated.functions().forEach((name, function) -> add(name, declared, function, said));
		said.requireAllOf(this.methods.keySet());
	}

	private ThriftService(Class<?> iface) {
		this.name = iface.getName();
		this.iface = iface;
		for (DeclaredMethod declared : DeclaredInterface.methods(iface)) {
			FieldSet result = declared.result();
			ThriftFunction function = new HandlerFunction(new DeclaredStruct(declared.arguments()),
					(result != null) ? new DeclaredStruct(result) : null, declared.method(), declared.exceptions());
			ThriftMethod method = new ThriftMethod(this.name, declared.name(), function,
					Signature.of(declared.method()), declared.said());
			this.methods.put(declared.name(), method);
			this.byJavaName.put(declared.method().getName(), method);
		}
	}

	private void add(String name, Map<String, Method> declared, ThriftFunction function, IdlSettings said) {
		Method java = declared.getOrDefault(name, declared.get(camelCase(name)));
		if (java == null) {
			throw new IllegalArgumentException(
					name() + "." + name + ": not in the generated Iface (expected: code of one compiler run)");
		}
		ThriftMethod method = new ThriftMethod(name(), name, function, Signature.of(java), said.of(java, name));
		this.methods.put(name, method);
		this.byJavaName.put(camelCase(name), method);
	}

	/**
	 * Describes a service; slow, meant for start-up.
	 * @param serviceOrIface the generated class of the service, a class nested in it, or
	 * a type that extends or implements its {@code Iface}; or one that is, extends or
	 * implements a {@link io.scalesrpc.thrift.annotation.ThriftInterface}
	 * @return the service
	 * @throws IllegalArgumentException if that is not exactly one Thrift service, a class
	 * of it does not fit libthrift, or a declaration cannot be Thrift
	 */
	public static ThriftService of(Class<?> serviceOrIface) {
		ThriftService known = READ.get(serviceOrIface).get();
		if (known == null) {
			READ.remove(serviceOrIface);
			known = read(serviceOrIface);
		}
		return known;
	}

	private static ThriftService read(Class<?> serviceOrIface) {
		Class<?> declared = DeclaredInterface.find(serviceOrIface);
		return (declared != null) ? new ThriftService(declared)
				: new ThriftService(GeneratedService.of(serviceOrIface));
	}

	/**
	 * The binary name of the generated class, or of the annotated interface.
	 * @return the name, never empty
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The blocking interface: the generated {@code Iface}, or the annotated one.
	 * @return the interface
	 */
	public Class<?> iface() {
		return this.iface;
	}

	/**
	 * All methods, those of extended services included.
	 * @return the methods, in the order of their names; cannot be changed
	 */
	public Collection<ThriftMethod> methods() {
		return Collections.unmodifiableCollection(this.methods.values());
	}

	/**
	 * Finds a method.
	 * @param name its name in the IDL, or that name in camel case
	 * @return the method, or {@code null} if there is none
	 */
	public @Nullable ThriftMethod method(String name) {
		ThriftMethod exact = this.methods.get(name);
		return (exact != null) ? exact : this.byJavaName.get(name);
	}

	/** The compiler's {@code fullcamel}: {@code get_it} becomes {@code getIt}. */
	private static String camelCase(String name) {
		StringBuilder camel = new StringBuilder(name.length());
		boolean upper = false;
		for (char c : name.toCharArray()) {
			if (c != '_') {
				camel.append((upper) ? Character.toUpperCase(c) : c);
			}
			upper = c == '_';
		}
		return camel.toString();
	}

	@Override
	public String toString() {
		return name();
	}

}
