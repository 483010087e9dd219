package io.scalesrpc.client.proxy;

import org.jspecify.annotations.Nullable;

/**
 * A method that returns a future. <em>Immutable</em>.
 *
 * @param method what is called
 */
record FutureInvoker(RemoteMethod method) implements Invoker {

	@Override
	public Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		return new FutureCall(this.method, this.method.newCall(arguments)).start();
	}

}
