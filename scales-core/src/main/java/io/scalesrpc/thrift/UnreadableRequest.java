package io.scalesrpc.thrift;

import java.util.function.BooleanSupplier;

import org.apache.thrift.TApplicationException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TMultiplexedProtocol;

/**
 * A call whose arguments cannot be read; answered as libthrift's servers and Finagle's
 * answer it.
 * <p>
 * <em>Immutable</em>.
 */
record UnreadableRequest(ThriftCodec codec, TMessage header, String why) implements ThriftRequest {

	@Override
	public String name() {
		return this.header.name;
	}

	@Override
	public boolean oneway() {
		return this.header.type == TMessageType.ONEWAY;
	}

	@Override
	public ThriftAnswer invoke(BooleanSupplier abandoned) {
		if (oneway()) {
			return ThriftAnswer.NOTHING;
		}
		String method = name().substring(name().indexOf(TMultiplexedProtocol.SEPARATOR) + 1);
		return new MessageAnswer(this.codec, new TMessage(method, TMessageType.EXCEPTION, this.header.seqid),
				new TApplicationException(TApplicationException.PROTOCOL_ERROR, this.why));
	}

}
