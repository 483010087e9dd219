package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;

/**
 * The error that answers a request which must not be sent again.
 * <p>
 * <em>Immutable</em>.
 *
 * @param message the error as a Thrift message
 * @param nonRetryable the same as a text
 */
record NonRetryableAnswer(ThriftAnswer message, String nonRetryable) implements ThriftAnswer {

	@Override
	public void encode(ByteBuf out) {
		this.message.encode(out);
	}

}
