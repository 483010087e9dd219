package io.scalesrpc.thrift.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A position in a message of which more and more comes. It may be past what has come:
 * what is skipped need not be there yet. <em>Confined to the connection's event
 * loop</em>.
 */
final class Cursor {

	/** Of a number in base 128: 64 bits in groups of 7. */
	private static final int MAX_VARINT_BYTES = 10;

	private final int maxBytes;

	private ByteBuf in = Unpooled.EMPTY_BUFFER;

	private long position;

	Cursor(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/** Looks at what has come so far, from the first byte of the message on. */
	void on(ByteBuf bytes) {
		this.in = bytes;
	}

	long position() {
		return this.position;
	}

	void position(long newPosition) {
		this.position = newPosition;
	}

	/** Goes on; what comes of it must fit the largest message. */
	void skip(long bytes) {
		this.position += bytes;
		if (this.position > this.maxBytes) {
			throw new IllegalArgumentException(
					"message size: at least " + this.position + " bytes (expected: at most " + this.maxBytes + ")");
		}
	}

	/** Whether so many bytes have come from the position on. */
	boolean has(int bytes) {
		return this.in.readableBytes() - this.position >= bytes;
	}

	int byteAt(int offset) {
		return this.in.getUnsignedByte(index(offset));
	}

	int intAt(int offset) {
		return this.in.getInt(index(offset));
	}

	/** How many bytes a number in base 128 has; 0 if not all have come. */
	int varintBytes() {
		for (int bytes = 1; has(bytes); bytes++) {
			if (byteAt(bytes - 1) < 0x80) {
				return bytes;
			}
			if (bytes == MAX_VARINT_BYTES) {
				throw new IllegalArgumentException("number: more than 10 bytes (expected: at most 10)");
			}
		}
		return 0;
	}

	/** The value of a number in base 128 that has so many bytes. */
	int varint(int bytes) {
		long value = 0;
		for (int i = 0; i < bytes; i++) {
			value |= (long) (byteAt(i) & 0x7f) << (7 * i);
		}
		return (int) value;
	}

	private int index(int offset) {
		return this.in.readerIndex() + (int) this.position + offset;
	}

}
