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
import org.jspecify.annotations.Nullable;

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
		write(codec, out, header, null, body);
	}

	/** The same with a body that is written by its struct, or else by itself. */
	static void write(ThriftCodec codec, ByteBuf out, TMessage header, @Nullable MessageStruct struct, Object body) {
		int start = out.writerIndex();
		try {
			MessageStream stream = codec.take();
			stream.transport.bindForWriting(out);
			stream.protocol.writeMessageBegin(header);
			if (struct != null) {
				struct.write(stream.protocol, body);
			}
			else {
				((TSerializable) body).write(stream.protocol);
			}
			stream.protocol.writeMessageEnd();
			stream.transport.finishWriting();
			stream.release();
		}
		catch (TException | RuntimeException ex) {
			out.writerIndex(start);
			throw ThriftMessageException.unwritable(header.name, ex);
		}
		catch (StackOverflowError ex) {
			// The generated validate() follows nested structs before one byte is written.
			out.writerIndex(start);
			throw ThriftMessageException.bottomless(header.name, ex);
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

	/** The header of a message that is likely to be about a method. */
	TMessage header(MethodName expected) throws TException {
		if (this.protocol instanceof MethodName.Reader reader) {
			reader.expect(expected);
		}
		return header();
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

}
