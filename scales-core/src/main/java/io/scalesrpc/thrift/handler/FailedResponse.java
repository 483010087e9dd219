package io.scalesrpc.thrift.handler;

import io.netty.buffer.ByteBuf;

/**
 * The answer to a request without a result, and why there is none.
 * <p>
 * <em>Immutable</em>.
 *
 * @param message the error as a Thrift message, or nothing for a oneway request
 * @param error why there is no result
 */
record FailedResponse(ThriftResponse message, Throwable error) implements ThriftResponse {

	@Override
	public void encode(ByteBuf out) {
		this.message.encode(out);
	}

	@Override
	public boolean isError() {
		return this.message.isError();
	}

}
