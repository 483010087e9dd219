package io.scalesrpc.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.scalesrpc.protocol.MethodShape;
import io.scalesrpc.thrift.declared.ThriftIdl;
import io.scalesrpc.thrift.idl.IdlAnnotations;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;

/**
 * Tells an ahead-of-time build what is read by reflection of an interface that stands for
 * a Thrift service, whether it calls or is called: the generated classes around the
 * service, the structs, records and enums that travel. <em>Stateless</em>.
 */
public final class ThriftHints {

	/** Whose methods are found by names that are put together. */
	private static final String SCRATCH_VALUES = ThriftIdl.class.getPackageName() + ".ScratchValues";

	private ThriftHints() {
	}

	/**
	 * Registers the hints of one interface.
	 * @param hints where to
	 * @param type the interface
	 * @param generated the generated class of its service, or the interface of one
	 * without an IDL; {@code null} if it has none
	 */
	public static void register(RuntimeHints hints, Class<?> type, @Nullable Class<?> generated) {
		registerInterface(hints, type);
		registerDeclared(hints, DeclaredTypes.of(type));
		registerDeclared(hints, DeclaredTypes.of(generated));
		for (Class<?> current = generated; current != null; current = parent(current)) {
			hints.reflection().registerType(current, MemberCategory.INVOKE_PUBLIC_METHODS);
			hints.resources().registerPattern(IdlAnnotations.FOLDER + current.getName() + ".properties");
			for (Class<?> nested : current.getDeclaredClasses()) {
				hints.reflection()
					.registerType(nested, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
							MemberCategory.INVOKE_PUBLIC_METHODS, MemberCategory.ACCESS_PUBLIC_FIELDS);
				if (nested.getSimpleName().equals("Iface")) {
					registerInterface(hints, nested);
					// The handler of a warm-up.
					hints.proxies().registerJdkProxy(nested);
				}
			}
		}
	}

	private static void registerDeclared(RuntimeHints hints, Set<Class<?>> parts) {
		for (Class<?> part : parts) {
			hints.reflection()
				.registerType(part, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS,
						MemberCategory.ACCESS_DECLARED_FIELDS);
		}
		if (!parts.isEmpty()) {
			hints.reflection().registerType(TypeReference.of(SCRATCH_VALUES), MemberCategory.INVOKE_DECLARED_METHODS);
		}
	}

	private static void registerInterface(RuntimeHints hints, Class<?> type) {
		hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
		Set<Type> travelling = new LinkedHashSet<>();
		for (Method method : type.getMethods()) {
			MethodShape shape = new MethodShape(method);
			travelling.add(shape.value());
			travelling.addAll(shape.genericParameterTypes());
			travelling.addAll(List.of(method.getExceptionTypes()));
		}
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(),
				travelling.toArray(Type[]::new));
	}

	/** The service that a service extends: its {@code Iface} extends that one's. */
	private static @Nullable Class<?> parent(Class<?> service) {
		for (Class<?> nested : service.getDeclaredClasses()) {
			if (nested.getSimpleName().equals("Iface") && nested.getInterfaces().length > 0) {
				return GeneratedService.of(nested.getInterfaces()[0]);
			}
		}
		return null;
	}

}
