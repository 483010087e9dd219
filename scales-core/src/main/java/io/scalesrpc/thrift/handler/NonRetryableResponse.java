package io.scalesrpc.thrift.handler;

import io.netty.buffer.ByteBuf;

/**
 * The error that answers a request which must not be sent again.
 * <p>
 * <em>Immutable</em>.
 *
 * @param message the error as a Thrift message
 * @param nonRetryable the same as a text
 * @param error why there is no result
 */
record NonRetryableResponse(ThriftResponse message, String nonRetryable, Throwable error) implements ThriftResponse {

	@Override
	public void encode(ByteBuf out) {
		this.message.encode(out);
	}

	@Override
	public boolean isError() {
		return true;
	}

}
