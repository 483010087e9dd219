package io.scalesrpc.client.delivery;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Where completions run. Implementations are <em>thread-safe</em>.
 */
@Internal
@FunctionalInterface
public interface Delivery {

	/**
	 * Runs a completion, now or soon, exactly once. Never blocks and never throws.
	 * @param completion completes a future, and so runs what users hung on it
	 */
	void deliver(Runnable completion);

	/**
	 * Why no call is to be made now whose end would have to be delivered.
	 * @return how it fails, or {@code null} if there is room for its completion
	 */
	default @Nullable Failure refusal() {
		return null;
	}

	/**
	 * Runs the completion of a call that this very thread made and that has failed before
	 * it was sent: here, if there is no room.
	 * @param completion completes a future, and so runs what users hung on it
	 */
	default void deliverToCaller(Runnable completion) {
		if (refusal() != null) {
			completion.run();
		}
		else {
			deliver(completion);
		}
	}

}
