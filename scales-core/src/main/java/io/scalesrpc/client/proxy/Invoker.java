package io.scalesrpc.client.proxy;

import org.jspecify.annotations.Nullable;

/**
 * What a method of a proxy does. Prepared once a method. Implementations are
 * <em>thread-safe</em>.
 */
@FunctionalInterface
interface Invoker {

	/**
	 * Does it.
	 * @param proxy the proxy
	 * @param arguments what the method was given; {@code null} if it has no parameters
	 * @return what the method returns
	 * @throws Throwable what the method throws
	 */
	@Nullable Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) throws Throwable;

}
