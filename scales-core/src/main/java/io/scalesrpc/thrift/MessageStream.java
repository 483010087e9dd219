package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import io.scalesrpc.thrift.wire.ByteBufTransport;
import io.scalesrpc.thrift.wire.MethodName;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TTransportException;

/**
 * One message being read or written: a transport and the protocol on top of it, lent by a
 * {@link ThriftCodec} and given back at the end of a message that went well.
 * <p>
 * <em>Confined to the thread</em> that holds it.
 */
@Internal
public final class MessageStream {

	private final ThriftCodec codec;

	private final ByteBufTransport transport;

	private final TProtocol protocol;

	MessageStream(ThriftCodec codec, ByteBufTransport transport, TProtocol protocol) {
		this.codec = codec;
		this.transport = transport;
		this.protocol = protocol;
	}

	/**
	 * Appends a whole message to {@code out}, or throws and leaves {@code out} as it was.
	 */
	public static void write(ThriftCodec codec, ByteBuf out, TMessage header, TSerializable body) {
		write(codec, out, header.name, header.seqid, body, (protocol, same, sequenceId, struct) -> {
			protocol.writeMessageBegin(header);
			body.write(protocol);
		});
	}

	/** The same for a message that is written by somebody else, header and body. */
	static void write(ThriftCodec codec, ByteBuf out, String name, int sequenceId, Object body, Writer writer) {
		int start = out.writerIndex();
		try {
			MessageStream stream = codec.take();
			stream.transport.bindForWriting(out);
			writer.write(stream.protocol, codec, sequenceId, body);
			stream.protocol.writeMessageEnd();
			stream.transport.finishWriting();
			stream.release();
		}
		catch (TException | RuntimeException ex) {
			out.writerIndex(start);
			throw ThriftMessageException.unwritable(name, ex);
		}
		catch (StackOverflowError ex) {
			// The generated validate() follows nested structs before one byte is written.
			out.writerIndex(start);
			throw ThriftMessageException.bottomless(name, ex);
		}
		catch (Error ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

	public static MessageStream read(ThriftCodec codec, ByteBuf in) throws TTransportException {
		MessageStream stream = codec.take();
		stream.transport.bindForReading(in);
		return stream;
	}

	public TProtocol protocol() {
		return this.protocol;
	}

	/** Reads the header of a message if it is that of a usual reply, and else nothing. */
	boolean readReplyHeader(MethodName method, int sequenceId) {
		return this.protocol instanceof MethodName.HeadProtocol fast && fast.readReplyHead(method, sequenceId);
	}

	public TMessage header() throws TException {
		return this.protocol.readMessageBegin();
	}

	<T extends TSerializable> T body(T empty) throws TException {
		empty.read(this.protocol);
		return empty;
	}

	public void skipBody() throws TException {
		TProtocolUtil.skip(this.protocol, TType.STRUCT);
	}

	/** Ends reading; the message must have ended, too. */
	public void finish() throws TException {
		this.protocol.readMessageEnd();
		int unread = this.transport.unread();
		if (unread > 0) {
			throw new ThriftMessageException(ThriftMessageException.Fault.TRAILING_BYTES,
					"bytes after the message: " + unread + " (expected: 0)");
		}
		release();
	}

	private void release() {
		this.transport.unbind();
		this.protocol.reset();
		this.codec.giveBack(this);
	}

	/** Writes what a message has between its beginning and its end. */
	@FunctionalInterface
	interface Writer {

		void write(TProtocol out, ThriftCodec codec, int sequenceId, Object body) throws TException;

	}

}
