package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Stream;

import org.apache.thrift.TException;

/**
 * The Java side of a Thrift method: how the generated {@code Iface} declares it.
 * <p>
 * <em>Immutable</em>.
 */
record Signature(List<Type> parameterTypes, Type returnType, List<Class<?>> declaredExceptions) {

	static Signature of(Method method) {
		// As the interface of a client is read, which may be this one.
		ResolvedTypes types = ResolvedTypes.of(method.getDeclaringClass());
		return new Signature(types.parameters(method), types.result(method),
				Stream.<Class<?>>of(method.getExceptionTypes()).filter((type) -> type != TException.class).toList());
	}

	boolean isPrimitive(int parameter) {
		return this.parameterTypes.get(parameter) instanceof Class<?> type && type.isPrimitive();
	}

}
