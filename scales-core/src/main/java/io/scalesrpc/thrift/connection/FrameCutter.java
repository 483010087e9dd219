package io.scalesrpc.thrift.connection;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.serial.MessageCutter;

/**
 * Cuts frames: a message behind its length. Nothing is allocated by the declared length,
 * and an empty frame, which libthrift ignores, is refused. <em>Immutable</em>.
 *
 * @param maxBytes the longest message
 */
record FrameCutter(int maxBytes) implements MessageCutter {

	static final int LENGTH_BYTES = 4;

	@Override
	public @Nullable ByteBuf next(ByteBuf in) {
		if (in.readableBytes() < LENGTH_BYTES) {
			return null;
		}
		long length = in.getUnsignedInt(in.readerIndex());
		if (length < 1 || length > this.maxBytes) {
			throw new IllegalArgumentException("frame size: " + length + " (expected: 1.." + this.maxBytes + ")");
		}
		if (in.readableBytes() - LENGTH_BYTES < length) {
			return null;
		}
		in.skipBytes(LENGTH_BYTES);
		return in.readSlice((int) length);
	}

}
