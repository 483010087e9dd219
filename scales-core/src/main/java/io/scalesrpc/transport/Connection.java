package io.scalesrpc.transport;

import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Sink;
import org.jspecify.annotations.Nullable;

/**
 * An established connection to one member. Once closed it is never used again.
 * <em>Thread-safe</em>.
 */
public interface Connection extends Sink {

	@Override
	default int connections() {
		return 1;
	}

	/** It is open from the beginning. */
	@Override
	default void open(Runnable over) {
		over.run();
	}

	/** Nothing is, until it ends. */
	@Override
	default String problem() {
		return "";
	}

	/**
	 * Whether the connection takes no more calls and will end once those in flight have.
	 * A connection that is {@link io.scalesrpc.call.SinkState#BUSY busy} for another
	 * reason, such as an expired lease, still takes them.
	 * @return {@code true} from the moment the server or this side drains
	 */
	boolean isDraining();

	/**
	 * Whether the server has answered a call on this connection. One that ends after that
	 * says nothing bad of its server, however young it is and however it ended: some end
	 * them after a number of calls.
	 * @return {@code true} from the first answer on that could be read to its end;
	 * {@code false} where it is not known
	 */
	default boolean hasServed() {
		return false;
	}

	/**
	 * Looks once more at what the peer has sent: a connection that was idle for a while
	 * may have been closed by it, and this side does not know yet. The state tells.
	 * @param over told when that is done; runs on the connection's event loop, or at once
	 * on this thread
	 */
	default void check(Runnable over) {
		over.run();
	}

	/**
	 * Registers who is told, once, that nothing of its call is left on the connection: an
	 * answer may still be coming when its call has ended. For connections that take one
	 * call at a time, and for whoever sent it, once that has ended.
	 * @param listener runs on the connection's event loop, or at once on this thread
	 */
	default void whenFree(Runnable listener) {
		listener.run();
	}

	/**
	 * Registers who takes back calls that were dispatched and not sent because the
	 * connection ends. Without it, and for any other reason, they end as
	 * {@link io.scalesrpc.call.FailureKind#NOT_SENT}.
	 * @param taker told each of them, on any thread
	 */
	default void onUnsent(Consumer<Call> taker) {
		// Calls that end may be sent again by whoever made them.
	}

	/**
	 * Registers who is told, once, that the connection is gone; at once if it is gone
	 * already.
	 * @param listener told why, or {@code null} if it was closed in good order: by us, or
	 * by a server that owed nothing; runs on the connection's event loop or on the thread
	 * that registers
	 */
	void onClosed(Consumer<@Nullable Failure> listener);

}
