package io.scalesrpc.serial;

import io.netty.buffer.ByteBuf;

/**
 * The first thing said on a new connection, to find out what its server understands.
 * Until it is answered the connection is not open. Implementations are
 * <em>thread-safe</em>.
 */
public interface SerialGreeting {

	/**
	 * What it is called in the reason of a connection that fails on it.
	 * @return a few words
	 */
	String name();

	/**
	 * Appends the greeting as it goes over the wire.
	 * @param out where to
	 */
	void encode(ByteBuf out);

	/**
	 * Reads the answer.
	 * @param answer the whole answer; not kept
	 * @return how the calls of this connection are written and read
	 * @throws IllegalArgumentException if it is no answer to the greeting
	 */
	SerialCodec decode(ByteBuf answer);

	/**
	 * Makes what cuts the answer out.
	 * @return a new one
	 */
	MessageCutter cutter();

}
