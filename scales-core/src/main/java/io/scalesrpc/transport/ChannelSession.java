package io.scalesrpc.transport;

import io.netty.channel.Channel;
import io.scalesrpc.call.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What speaks a protocol on the channel of a connection, as far as its end is concerned.
 * Ended on the connection's event loop, asked on any thread.
 */
public interface ChannelSession {

	/**
	 * Where it speaks.
	 * @return the channel
	 */
	Channel channel();

	/**
	 * Its end.
	 * @return the same for as long as it lives
	 */
	SessionEnd ending();

	/**
	 * Why it ended.
	 * @return {@code null} if it did in good order, or has not ended
	 */
	default @Nullable Failure failure() {
		return ending().failure();
	}

	/** Ends the connection now, and the calls it has. */
	void abort();

	/** Takes no more calls, and ends the connection when those it has are over. */
	void drainAndClose();

}
