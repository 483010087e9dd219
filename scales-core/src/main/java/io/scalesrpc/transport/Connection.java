package io.scalesrpc.transport;

import java.util.function.Consumer;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Sink;
import org.jspecify.annotations.Nullable;

/**
 * An established connection to one member. Once closed it is never used again.
 * <em>Thread-safe</em>.
 */
public interface Connection extends Sink {

	/**
	 * Registers who is told, once, that the connection is gone; at once if it is gone
	 * already.
	 * @param listener told why, or {@code null} if it was closed in good order (by us, or
	 * by a server that drained); runs on the connection's event loop or on the thread
	 * that registers
	 */
	void onClosed(Consumer<@Nullable Failure> listener);

}
