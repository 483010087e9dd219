package io.scalesrpc.thrift.handler;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.thrift.ThriftMessageException;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer to one request, not yet encoded.
 * <p>
 * <em>Immutable</em>, as far as the handler leaves alone what it returned.
 */
@Internal
@FunctionalInterface
public interface ThriftResponse {

	/** The answer to a oneway request: not one byte. */
	ThriftResponse NOTHING = (out) -> {
	};

	/**
	 * Appends the answer; nothing for a oneway request. An answer that cannot be written,
	 * because it is too large or lacks a required field, is replaced by an error.
	 * @param out where to
	 * @throws ThriftMessageException if not even the error fits the limits
	 */
	void encode(ByteBuf out);

	/**
	 * Whether the request failed in a way that the IDL does not declare: an unknown
	 * method, arguments that cannot be read, any other exception of the handler.
	 * @return {@code false} for a result, a declared exception and a oneway request
	 */
	default boolean isError() {
		return false;
	}

	/**
	 * Whether the caller must not send the request again: the handler passed on the
	 * failure of a call that was retried already. A Thrift message cannot say that; a
	 * protocol that can should answer with this text in place of the message.
	 * @return what went wrong, or {@code null} for an answer like any other
	 */
	default @Nullable String nonRetryable() {
		return null;
	}

	/**
	 * Why there is no result, for logs and traces: what a handler threw without declaring
	 * it, or what is wrong with the request.
	 * @return the reason, or {@code null} for a result or a declared exception
	 */
	default @Nullable Throwable error() {
		return null;
	}

}
