package io.scalesrpc.thrift.connection;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.serial.MessageCutter;

/**
 * Finds the end of a bare message of {@code TJSONProtocol}: a JSON array, whose brackets
 * are counted where they stand outside of strings. <em>Confined to the connection's event
 * loop</em>.
 */
final class JsonCutter implements MessageCutter {

	private final int maxBytes;

	private int position;

	private int depth;

	private boolean inString;

	private boolean escaped;

	JsonCutter(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	@Override
	public @Nullable ByteBuf next(ByteBuf in) {
		while (this.position < in.readableBytes()) {
			pass(in.getByte(in.readerIndex() + this.position));
			this.position++;
			if (this.position > this.maxBytes) {
				throw new IllegalArgumentException(
						"message size: at least " + this.position + " bytes (expected: at most " + this.maxBytes + ")");
			}
			if (this.depth == 0) {
				int length = this.position;
				this.position = 0;
				return in.readSlice(length);
			}
		}
		return null;
	}

	private void pass(byte next) {
		if (this.position == 0 && next != '[') {
			throw new IllegalArgumentException("message begins with: " + next + " (expected: [)");
		}
		if (this.inString) {
			this.inString = this.escaped || next != '"';
			this.escaped = !this.escaped && next == '\\';
		}
		else {
			switch (next) {
				case '"' -> this.inString = true;
				case '[', '{' -> this.depth++;
				case ']', '}' -> this.depth--;
				default -> {
					// Numbers, commas, colons.
				}
			}
		}
	}

}
