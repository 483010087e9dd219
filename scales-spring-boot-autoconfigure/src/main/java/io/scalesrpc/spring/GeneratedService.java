package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * The convention of Thrift's compiler by which an interface tells its service: the
 * generated class {@code Calculator} holds {@code Iface} and {@code AsyncIface}.
 * <em>Thread-safe</em>.
 */
public final class GeneratedService {

	private GeneratedService() {
	}

	/**
	 * The generated class an interface belongs to, itself or through one it extends.
	 * @param type an interface
	 * @return the class; {@code null} if there is none
	 */
	public static @Nullable Class<?> of(Class<?> type) {
		if (type.getEnclosingClass() != null && type.getSimpleName().equals("Iface")) {
			return type.getEnclosingClass();
		}
		for (Class<?> parent : type.getInterfaces()) {
			Class<?> found = of(parent);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
