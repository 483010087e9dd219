package io.scalesrpc.thrift;

import java.util.function.BooleanSupplier;

import org.apache.thrift.TApplicationException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TMultiplexedProtocol;

/**
 * A request for a method that no service of the port has.
 * <p>
 * <em>Immutable</em>.
 */
record UnknownMethod(ThriftCodec codec, TMessage header) implements ThriftRequest {

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
		// Thrift's multiplexed servers answer without the name of the service.
		String method = name().substring(name().indexOf(TMultiplexedProtocol.SEPARATOR) + 1);
		return new MessageAnswer(this.codec, new TMessage(method, TMessageType.EXCEPTION, this.header.seqid),
				new TApplicationException(TApplicationException.UNKNOWN_METHOD,
						"Invalid method name: '" + method + "'"));
	}

}
