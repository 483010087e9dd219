package io.scalesrpc.mux;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.Internal;

/**
 * A byte string behind its two-byte unsigned length: the form of context keys and values,
 * dst and dtab. Readers work by index and give the index behind what they read, so that
 * nothing is allocated to skip. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class ShortString {

	static final int LENGTH_BYTES = 2;

	static final int MAX_LENGTH = 0xffff;

	private ShortString() {
	}

	public static void write(ByteBuf buffer, String text, String name) {
		int start = buffer.writerIndex();
		buffer.writeShort(0);
		int length = ByteBufUtil.writeUtf8(buffer, text);
		buffer.setShort(start, requireFits(length, name));
	}

	public static void write(ByteBuf buffer, byte[] value, String name) {
		buffer.writeShort(requireFits(value.length, name)).writeBytes(value);
	}

	/** A two-byte number that is not a length: the count in front of a list. */
	static int count(ByteBuf frame, int index, String name) {
		MuxFrame.requireBytes(frame, index, LENGTH_BYTES, name);
		return frame.getUnsignedShort(index);
	}

	/**
	 * Where a string ends.
	 * @param frame the frame
	 * @param index where the string's length is
	 * @param name what it is, for the error; {@code %d} stands for the position
	 * @param position its position in its list
	 * @return the index behind the string
	 * @throws MuxProtocolException if the frame ends before the string does
	 */
	public static int end(ByteBuf frame, int index, String name, int position) {
		int start = index + LENGTH_BYTES;
		int left = frame.writerIndex() - start;
		int length = (left >= 0) ? frame.getUnsignedShort(index) : 0;
		if (length > left) {
			throw new MuxProtocolException(String.format(name, position) + " length: "
					+ ((left >= 0) ? length + " (expected: <= " + left + " bytes left)"
							: (left + LENGTH_BYTES) + " bytes left (expected: >= 2)"));
		}
		return start + length;
	}

	public static String text(ByteBuf frame, int index, int end) {
		int start = index + LENGTH_BYTES;
		return frame.toString(start, end - start, StandardCharsets.UTF_8);
	}

	public static byte[] bytes(ByteBuf frame, int index, int end) {
		int start = index + LENGTH_BYTES;
		return ByteBufUtil.getBytes(frame, start, end - start, true);
	}

	public static void requireFits(String text, String name) {
		requireFits(text.getBytes(StandardCharsets.UTF_8).length, name);
	}

	public static int requireFits(int length, String name) {
		if (length > MAX_LENGTH) {
			throw new IllegalArgumentException(name + " length: " + length + " (expected: <= " + MAX_LENGTH + ")");
		}
		return length;
	}

}
