package io.scalesrpc.thrift.connection;

import io.netty.buffer.ByteBuf;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.serial.MessageCutter;
import io.scalesrpc.serial.SerialCodec;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftMethod;

/**
 * Writes Thrift calls and reads Thrift replies, each of which must have the name and the
 * sequence id of its call. <em>Immutable</em>.
 *
 * @param messages the encoding and its limits
 * @param transport how a message is told from the next
 */
record ThriftConnectionCodec(ThriftCodec messages, ThriftTransport transport) implements SerialCodec {

	@Override
	public void encode(Call call, int sequenceId, ByteBuf out) {
		if (this.transport == ThriftTransport.BUFFERED) {
			encodeMessage(call, sequenceId, out);
			return;
		}
		int start = out.writerIndex();
		out.writeInt(0);
		encodeMessage(call, sequenceId, out);
		out.setInt(start, out.writerIndex() - start - FrameCutter.LENGTH_BYTES);
	}

	/** Appends a message without its length. */
	void encodeMessage(Call call, int sequenceId, ByteBuf out) {
		((ThriftMethod) call.method()).writeCall(out, sequenceId, call.arguments(), this.messages);
	}

	@Override
	public Outcome decode(Call call, int sequenceId, ByteBuf message) {
		return ((ThriftMethod) call.method()).outcome(message, sequenceId, this.messages);
	}

	@Override
	public MessageCutter cutter() {
		int maxBytes = this.messages.maxMessageBytes();
		if (this.transport == ThriftTransport.FRAMED) {
			return new FrameCutter(maxBytes);
		}
		return switch (this.messages.encoding()) {
			case BINARY -> new StructureCutter(new BinaryScanner(), maxBytes);
			case COMPACT -> new StructureCutter(new CompactScanner(), maxBytes);
			case JSON -> new JsonCutter(maxBytes);
		};
	}

}
