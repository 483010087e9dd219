package io.scalesrpc.thrift.connection;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.serial.MessageCutter;
import io.scalesrpc.serial.SerialCodec;
import io.scalesrpc.serial.SerialGreeting;
import org.apache.thrift.protocol.TType;

/**
 * The call by which Finagle's clients find out whether a server speaks TTwitter: one that
 * does answers with an empty result, any other that it does not know the method.
 * <em>Immutable</em>.
 *
 * @param plain for servers that do not
 * @param upgraded for servers that do
 */
record UpgradeProbe(SerialCodec plain, SerialCodec upgraded) implements SerialGreeting {

	private static final String METHOD = "__can__finagle__trace__v3__";

	private static final int VERSION = 0x80010000;

	private static final int CALL = 1;

	private static final int REPLY = 2;

	private static final int EXCEPTION = 3;

	private static final int SEQUENCE_ID = 0;

	@Override
	public String name() {
		return "upgrade probe";
	}

	/** Its arguments, Finagle's {@code ConnectionOptions}, have no fields. */
	@Override
	public void encode(ByteBuf out) {
		int start = out.writerIndex();
		out.writeInt(0).writeInt(VERSION | CALL).writeInt(METHOD.length());
		out.writeCharSequence(METHOD, StandardCharsets.US_ASCII);
		out.writeInt(SEQUENCE_ID).writeByte(TType.STOP);
		out.setInt(start, out.writerIndex() - start - FrameCutter.LENGTH_BYTES);
	}

	@Override
	public SerialCodec decode(ByteBuf answer) {
		int length = METHOD.length();
		if (answer.readableBytes() <= 12 + length || answer.getInt(answer.readerIndex() + 4) != length) {
			throw new IllegalArgumentException(
					"answer of " + answer.readableBytes() + " bytes (expected: one to " + METHOD + ")");
		}
		int head = answer.readInt();
		String method = answer.skipBytes(4).readCharSequence(length, StandardCharsets.US_ASCII).toString();
		int sequenceId = answer.readInt();
		if (!method.equals(METHOD) || sequenceId != SEQUENCE_ID) {
			throw new IllegalArgumentException("answer to another call (expected: one to " + METHOD + ")");
		}
		return switch (head) {
			case VERSION | REPLY -> this.upgraded;
			case VERSION | EXCEPTION -> this.plain;
			default -> throw new IllegalArgumentException(
					"message begins with: " + Integer.toHexString(head) + " (expected: a reply or an exception)");
		};
	}

	@Override
	public MessageCutter cutter() {
		return this.plain.cutter();
	}

}
