package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request without a result.
 * <p>
 * <em>Immutable</em>.
 *
 * @param message the error as a Thrift message, or nothing for a oneway request
 * @param error why there is no result
 * @param nonRetryable the same as a text, if the request must not be sent again
 */
record FailedAnswer(ThriftAnswer message, Throwable error, @Nullable String nonRetryable) implements ThriftAnswer {

	@Override
	public void encode(ByteBuf out) {
		this.message.encode(out);
	}

}
