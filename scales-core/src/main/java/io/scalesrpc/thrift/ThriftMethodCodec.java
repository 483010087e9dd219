package io.scalesrpc.thrift;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.jspecify.annotations.Nullable;

/**
 * Calls and replies of a Thrift method as whole messages in the compact encoding,
 * whatever its client speaks: what a process wrote, another version of it can read, as on
 * the wire, and a message of another method is refused. <em>Immutable</em>.
 *
 * @param method the method
 */
record ThriftMethodCodec(ThriftMethod method) implements MethodCodec {

	/** As much as a connection may be allowed to bring, and more. */
	private static final int MAX_BYTES = 256 * 1024 * 1024;

	private static final ThriftCodec CODEC = new ThriftCodec(ThriftEncoding.COMPACT, MAX_BYTES,
			ThriftCodec.DEFAULT_MAX_DEPTH);

	@Override
	public byte[] encodeArguments(@Nullable Object[] arguments) {
		return this.method.callBytes(0, arguments, CODEC);
	}

	@Override
	public @Nullable Object[] decodeArguments(byte[] encoded) {
		MessageStruct parameters = this.method.function().arguments();
		try {
			MessageStream stream = MessageStream.read(CODEC, Unpooled.wrappedBuffer(encoded));
			stream.header();
			Object struct = parameters.read(stream.protocol());
			stream.finish();
			return parameters.values(struct);
		}
		catch (TException ex) {
			throw ThriftMessageException.unreadable(this.method.name(), ex);
		}
	}

	@Override
	public byte[] encodeResult(Object result) {
		MessageStruct results = Objects.requireNonNull(this.method.function().result());
		ByteBuf out = Unpooled.buffer();
		try {
			MessageStream.write(CODEC, out, new TMessage(this.method.name(), TMessageType.REPLY, 0),
					results.of(0, result));
			return ByteBufUtil.getBytes(out);
		}
		finally {
			out.release();
		}
	}

	@Override
	public Object decodeResult(byte[] encoded) {
		if (encoded.length > 0
				&& this.method.readReply(Unpooled.wrappedBuffer(encoded), 0, CODEC) instanceof ThriftReply.Value reply
				&& reply.value() != null) {
			return reply.value();
		}
		throw new ThriftMessageException(Fault.MALFORMED, this.method.name() + ": no value (expected: a result)");
	}

}
