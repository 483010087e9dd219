package io.scalesrpc.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Set;

import io.scalesrpc.thrift.annotation.ThriftInterface;
import org.jspecify.annotations.Nullable;

/**
 * The types that a Thrift service without an IDL is made of. Whether they are Thrift is
 * asked elsewhere. <em>Confined to the thread</em> that collects.
 */
public final class DeclaredTypes {

	private final Set<Class<?>> found = new LinkedHashSet<>();

	private DeclaredTypes() {
	}

	/**
	 * Collects them.
	 * @param service an interface, or a type of any other kind, or {@code null}
	 * @return the interfaces of the service and the structs, unions, enums and exceptions
	 * of its methods; empty if it is no such service
	 */
	public static Set<Class<?>> of(@Nullable Class<?> service) {
		DeclaredTypes types = new DeclaredTypes();
		if (service != null && isService(service)) {
			types.addService(service);
		}
		return types.found;
	}

	private static boolean isService(Class<?> type) {
		if (type.isAnnotationPresent(ThriftInterface.class)) {
			return true;
		}
		for (Class<?> parent : type.getInterfaces()) {
			if (isService(parent)) {
				return true;
			}
		}
		return false;
	}

	private void addService(Class<?> service) {
		this.found.add(service);
		for (Class<?> parent : service.getInterfaces()) {
			addService(parent);
		}
		for (Method method : service.getDeclaredMethods()) {
			add(method.getGenericReturnType());
			for (Type parameter : method.getGenericParameterTypes()) {
				add(parameter);
			}
			for (Class<?> exception : method.getExceptionTypes()) {
				add(exception);
			}
		}
	}

	private void add(Type type) {
		if (type instanceof ParameterizedType generic) {
			for (Type argument : generic.getActualTypeArguments()) {
				add(argument);
			}
		}
		else if (type instanceof WildcardType wildcard) {
			add(wildcard.getUpperBounds()[0]);
		}
		else if (type instanceof Class<?> raw && !raw.isPrimitive() && !raw.getName().startsWith("java.")
				&& this.found.add(raw)) {
			addParts(raw);
		}
	}

	private void addParts(Class<?> type) {
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				add(component.getGenericType());
			}
		}
		else if (type.isSealed()) {
			for (Class<?> member : type.getPermittedSubclasses()) {
				add(member);
			}
		}
		else if (!type.isEnum()) {
			for (Constructor<?> constructor : type.getDeclaredConstructors()) {
				for (Type parameter : constructor.getGenericParameterTypes()) {
					add(parameter);
				}
			}
		}
	}

}
