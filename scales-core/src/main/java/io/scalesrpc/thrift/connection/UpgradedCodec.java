package io.scalesrpc.thrift.connection;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.serial.MessageCutter;
import io.scalesrpc.serial.SerialCodec;
import io.scalesrpc.serial.SerialGreeting;

/**
 * TTwitter, Finagle's Thrift: in each frame a header before the message. That of an
 * answer says nothing a client needs, and is gone past. <em>Thread-safe</em>.
 *
 * @param plain writes and reads the messages, in frames
 * @param header written before every request
 */
record UpgradedCodec(ThriftConnectionCodec plain, RequestHeader header) implements SerialCodec {

	private static final MessageScanner HEADER = new BareStruct(new BinaryScanner());

	@Override
	public void encode(Call call, int sequenceId, ByteBuf out) {
		int start = out.writerIndex();
		out.writeInt(0);
		this.header.write(call, out);
		this.plain.encodeMessage(call, sequenceId, out);
		out.setInt(start, out.writerIndex() - start - FrameCutter.LENGTH_BYTES);
	}

	@Override
	public Outcome decode(Call call, int sequenceId, ByteBuf message) {
		if (new StructureCutter(HEADER, message.readableBytes()).next(message) == null) {
			throw new IllegalArgumentException(
					"response header: not at its end after " + message.readableBytes() + " bytes");
		}
		return this.plain.decode(call, sequenceId, message);
	}

	@Override
	public SerialGreeting greeting() {
		return new UpgradeProbe(this.plain, this);
	}

	@Override
	public MessageCutter cutter() {
		return this.plain.cutter();
	}

}
