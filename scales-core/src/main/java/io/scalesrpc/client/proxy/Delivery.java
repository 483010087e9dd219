package io.scalesrpc.client.proxy;

/**
 * Where completions run. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
public interface Delivery {

	/**
	 * Runs a completion, now or soon, exactly once. Never blocks and never throws.
	 * @param completion completes a future, and so runs what users hung on it
	 */
	void deliver(Runnable completion);

}
