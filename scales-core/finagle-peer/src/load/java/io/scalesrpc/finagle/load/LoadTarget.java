package io.scalesrpc.finagle.load;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What is put under load. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
public interface LoadTarget {

	/**
	 * Makes one call without waiting for its answer.
	 * @param ended told once, on any thread, why the call failed, or {@code null} if it was answered as it should be;
	 * possibly before this returns
	 */
	void call(Consumer<@Nullable Throwable> ended);

}
