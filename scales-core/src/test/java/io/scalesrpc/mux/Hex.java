package io.scalesrpc.mux;

import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * Buffers from hexadecimal digits and back. <em>Stateless</em>; thread-safe.
 */
final class Hex {

	private Hex() {
	}

	/** Spaces between the digits are for the reader only. */
	static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** A pooled buffer, so that the leak detector sees it; owned by the caller. */
	static ByteBuf buffer(String hex) {
		return ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes(hex));
	}

	/** What is left to read; the buffer stays the caller's. */
	static String of(ByteBuf buffer) {
		return ByteBufUtil.hexDump(buffer);
	}

	/** What is left to read; the buffer is gone afterwards. */
	static String take(ByteBuf buffer) {
		try {
			return ByteBufUtil.hexDump(buffer);
		}
		finally {
			buffer.release();
		}
	}

}
