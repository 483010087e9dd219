package io.scalesrpc.transport;

import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;

/**
 * Opens connections of one protocol: name resolution, TCP and handshake, all within the
 * connect timeout. <em>Thread-safe</em>.
 */
@FunctionalInterface
public interface ConnectionFactory {

	/**
	 * Opens a connection. Never blocks and never throws.
	 * @param member whom to connect to
	 * @param listener told the result, exactly once, on any thread
	 */
	void open(Member member, Listener listener);

	/**
	 * Whether a connection takes one call at a time, so that a member needs several.
	 * @return {@code false} if calls share a connection
	 */
	default boolean isSerial() {
		return false;
	}

	/** Who waits for a connection. */
	interface Listener {

		/**
		 * The connection is ready for calls.
		 * @param connection the connection, now owned by the listener
		 */
		void opened(Connection connection);

		/**
		 * There is no connection, and nothing of the attempt is left.
		 * @param failure why, without the name of the member; its kind is
		 * {@code NOT_SENT}
		 */
		void failed(Failure failure);

	}

}
