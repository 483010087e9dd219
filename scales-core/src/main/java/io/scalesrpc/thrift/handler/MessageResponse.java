package io.scalesrpc.thrift.handler;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.thrift.MessageStream;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftMessageException;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;

/**
 * An answer that is a Thrift message: a result, a declared exception, or an error.
 * <p>
 * <em>Immutable</em>, as far as the handler leaves alone what it returned.
 */
record MessageResponse(ThriftCodec codec, TMessage header, TSerializable body) implements ThriftResponse {

	@Override
	public void encode(ByteBuf out) {
		try {
			MessageStream.write(this.codec, out, this.header, this.body);
		}
		catch (ThriftMessageException ex) {
			TMessage failed = new TMessage(this.header.name, TMessageType.EXCEPTION, this.header.seqid);
			MessageStream.write(this.codec, out, failed, internalError(this.header.name, ex));
		}
	}

	@Override
	public boolean isError() {
		return this.header.type == TMessageType.EXCEPTION;
	}

	/** Worded as Finagle words it. */
	static TApplicationException internalError(String method, Throwable cause) {
		return new TApplicationException(TApplicationException.INTERNAL_ERROR,
				"Internal error processing " + method + ": '" + cause + "'");
	}

}
