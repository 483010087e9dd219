package io.scalesrpc.client.proxy;

import java.lang.reflect.Method;

import io.scalesrpc.client.fallback.InterfaceMethod;
import org.jspecify.annotations.Nullable;

/**
 * A default method of the interface, run on the proxy. <em>Immutable</em>.
 *
 * @param body the method
 */
record DefaultInvoker(InterfaceMethod body) implements Invoker {

	static DefaultInvoker of(Method method) {
		return new DefaultInvoker(InterfaceMethod.ownBody(method));
	}

	@Override
	public @Nullable Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) throws Throwable {
		return this.body.invoke(proxy, arguments);
	}

}
