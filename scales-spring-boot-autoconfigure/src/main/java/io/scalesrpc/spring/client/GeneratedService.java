package io.scalesrpc.spring.client;

import org.jspecify.annotations.Nullable;

/**
 * The convention of Thrift's compiler by which an interface tells its service: the
 * generated class {@code Calculator} holds {@code Iface} and {@code AsyncIface}.
 * <em>Thread-safe</em>.
 */
final class GeneratedService {

	private GeneratedService() {
	}

	/** The generated class an interface belongs to, itself or through one it extends. */
	static @Nullable Class<?> of(Class<?> type) {
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
