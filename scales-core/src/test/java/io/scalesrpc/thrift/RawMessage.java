package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TJSONProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TTransport;

/**
 * Messages written field by field with libthrift's own protocols: what generated code
 * would not write, too. <em>Immutable</em>.
 */
public final class RawMessage {

	private static final TStruct STRUCT = new TStruct();

	private RawMessage() {
	}

	/** The protocols as libthrift has them, without a guard. */
	public static TProtocol libthrift(ThriftEncoding encoding, TTransport transport) {
		return switch (encoding) {
			case BINARY -> new TBinaryProtocol(transport);
			case COMPACT -> new TCompactProtocol(transport);
			case JSON -> new TJSONProtocol(transport);
		};
	}

	/** A reply with the sequence id of {@link ThriftLoop}. */
	public static ByteBuf reply(ThriftEncoding encoding, String method, Part fields) {
		return message(encoding, new TMessage(method, TMessageType.REPLY, ThriftLoop.SEQUENCE),
				(out) -> struct(out, fields));
	}

	/** A message with any body. */
	public static ByteBuf message(ThriftEncoding encoding, TMessage header, Part body) {
		try (TMemoryBuffer bytes = new TMemoryBuffer(64)) {
			TProtocol out = libthrift(encoding, bytes);
			out.writeMessageBegin(header);
			body.write(out);
			out.writeMessageEnd();
			return Unpooled.copiedBuffer(bytes.getArray(), 0, bytes.length());
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static void struct(TProtocol out, Part fields) throws TException {
		out.writeStructBegin(STRUCT);
		fields.write(out);
		out.writeFieldStop();
		out.writeStructEnd();
	}

	public static void field(TProtocol out, byte type, int id, Part value) throws TException {
		out.writeFieldBegin(new TField("field", type, (short) id));
		value.write(out);
		out.writeFieldEnd();
	}

	/** Some part of a message. */
	@FunctionalInterface
	public interface Part {

		/** Writes the part. */
		void write(TProtocol out) throws TException;

	}

}
