package io.scalesrpc.thrift.handler;

import java.util.function.BooleanSupplier;

import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftMessageException;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TMultiplexedProtocol;

/**
 * A request that no handler is given: for a method that no service of the port has, or
 * with arguments that cannot be read. It is answered as libthrift's servers and Finagle's
 * answer it.
 * <p>
 * <em>Immutable</em>.
 *
 * @param codec how the answer is written
 * @param header the header of the request
 * @param type of {@link TApplicationException}
 * @param why what the answer says
 */
public record RefusedRequest(ThriftCodec codec, TMessage header, int type, String why) implements ThriftRequest {

	static RefusedRequest unknownMethod(ThriftCodec codec, TMessage header) {
		return new RefusedRequest(codec, header, TApplicationException.UNKNOWN_METHOD,
				"Invalid method name: '" + method(header) + "'");
	}

	static RefusedRequest unreadable(ThriftCodec codec, TMessage header, ThriftMessageException cause) {
		return new RefusedRequest(codec, header, TApplicationException.PROTOCOL_ERROR,
				String.valueOf(cause.getMessage()));
	}

	@Override
	public String name() {
		return this.header.name;
	}

	/** The peer may have made it up: its name would be one of any number. */
	@Override
	public String fullName() {
		return OTHER;
	}

	@Override
	public boolean oneway() {
		return this.header.type == TMessageType.ONEWAY;
	}

	@Override
	public ThriftResponse invoke(BooleanSupplier abandoned) {
		TApplicationException error = new TApplicationException(this.type, this.why);
		TMessage answer = new TMessage(method(this.header), TMessageType.EXCEPTION, this.header.seqid);
		return new FailedResponse(oneway() ? ThriftResponse.NOTHING : new MessageResponse(this.codec, answer, error),
				error);
	}

	/** Thrift's multiplexed servers answer without the name of the service. */
	private static String method(TMessage header) {
		return header.name.substring(header.name.indexOf(TMultiplexedProtocol.SEPARATOR) + 1);
	}

}
