package io.scalesrpc.mux;

import io.netty.handler.codec.DecoderException;

import io.scalesrpc.Internal;

/**
 * Bytes from the peer that are not mux. What follows them in the stream has no meaning,
 * so the connection is closed. It is a {@link DecoderException} so that Netty's decoders
 * pass it on unwrapped. <em>Immutable</em>.
 */
@Internal
public final class MuxProtocolException extends DecoderException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what was read and what was expected, as
	 * {@code name: value (expected: ...)}
	 */
	public MuxProtocolException(String message) {
		super(message);
	}

}
