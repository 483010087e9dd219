package io.scalesrpc.transport.channel;

import io.scalesrpc.Internal;

/**
 * What speaks a protocol on the channel of a connection. <em>Confined to the connection's
 * event loop</em>.
 */
@Internal
public interface ChannelSession {

	/**
	 * Whether it takes calls, and its end.
	 * @return the same for as long as it lives; thread-safe
	 */
	SessionEnd ending();

}
