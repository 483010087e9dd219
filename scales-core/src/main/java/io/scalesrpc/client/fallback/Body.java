package io.scalesrpc.client.fallback;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What calls a method of an object. Implementations are <em>immutable</em>.
 */
@Internal
@FunctionalInterface
public interface Body {

	/**
	 * Calls the method.
	 * @param target the object
	 * @param arguments what the caller gives; {@code null} for nothing
	 * @return what the method returns
	 * @throws Throwable what the method throws
	 */
	@Nullable Object invoke(Object target, @Nullable Object @Nullable [] arguments) throws Throwable;

}
