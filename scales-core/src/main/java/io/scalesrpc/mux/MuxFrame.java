package io.scalesrpc.mux;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import io.scalesrpc.Internal;

/**
 * What all mux frames share: {@code size:4 type:1 tag:3 body}, big-endian, where size
 * counts everything after itself. Methods that write put the whole frame into the buffer.
 * Methods that read take a frame from its type on, as {@link MuxFrameDecoder} gives it,
 * and leave its reader index alone. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class MuxFrame {

	/** The bytes of the size in front of a frame. */
	public static final int LENGTH_BYTES = 4;

	/** The bytes of type and tag. */
	public static final int HEADER_BYTES = 4;

	/** The largest tag: 23 bits, the one above them marks a fragment. */
	public static final int MAX_TAG = 0x7fffff;

	/** The tag of messages that have no answer: Tdiscarded and Tlease. */
	public static final int MARKER_TAG = 0;

	/** The tag of pings, drain and handshake. */
	public static final int CONTROL_TAG = 1;

	/** The lowest tag of a request. */
	public static final int FIRST_TAG = 2;

	/** The bit above the tag that says that more pieces of the message follow. */
	public static final int FRAGMENT_BIT = 0x800000;

	private MuxFrame() {
	}

	/**
	 * Starts a frame at the buffer's writer index; the body is written behind it and
	 * {@link #end} completes it.
	 * @param buffer where to
	 * @param type one of {@link MuxType}
	 * @param tag from 0 to {@link #MAX_TAG}
	 * @return where the frame starts, for {@link #end}
	 */
	static int begin(ByteBuf buffer, int type, int tag) {
		int start = buffer.writerIndex();
		buffer.writeInt(0).writeByte(type).writeMedium(requireTag(tag));
		return start;
	}

	/**
	 * Completes a frame: its size becomes what has been written since its start.
	 * @param buffer the buffer
	 * @param start what the {@code begin} of the frame's codec returned
	 */
	public static void end(ByteBuf buffer, int start) {
		buffer.setInt(start, buffer.writerIndex() - start - LENGTH_BYTES);
	}

	/**
	 * Sets the tag of a complete frame that starts at the buffer's reader index, so that
	 * a request can be encoded before it has a tag.
	 * @param buffer the frame, its size included
	 * @param tag from 0 to {@link #MAX_TAG}
	 */
	public static void patchTag(ByteBuf buffer, int tag) {
		buffer.setMedium(buffer.readerIndex() + LENGTH_BYTES + 1, requireTag(tag));
	}

	/**
	 * A complete frame without a body: ping, drain and Rdiscarded.
	 * @param allocator makes the buffer
	 * @param type one of {@link MuxType}
	 * @param tag from 0 to {@link #MAX_TAG}
	 * @return the frame, owned by the caller
	 */
	public static ByteBuf empty(ByteBufAllocator allocator, int type, int tag) {
		int size = LENGTH_BYTES + HEADER_BYTES;
		return allocator.buffer(size, size).writeInt(HEADER_BYTES).writeByte(type).writeMedium(requireTag(tag));
	}

	/**
	 * The type of a frame.
	 * @param frame a frame from its type on
	 * @return one of {@link MuxType}
	 */
	public static int type(ByteBuf frame) {
		return frame.getByte(frame.readerIndex());
	}

	/**
	 * The tag of a frame, without the fragment bit.
	 * @param frame a frame from its type on
	 * @return from 0 to {@link #MAX_TAG}
	 */
	public static int tag(ByteBuf frame) {
		return frame.getUnsignedMedium(frame.readerIndex() + 1) & MAX_TAG;
	}

	/**
	 * Whether more pieces of this message follow.
	 * @param frame a frame from its type on
	 * @return whether the fragment bit is set
	 */
	public static boolean isFragment(ByteBuf frame) {
		return (frame.getUnsignedMedium(frame.readerIndex() + 1) & FRAGMENT_BIT) != 0;
	}

	static int bodyIndex(ByteBuf frame) {
		return frame.readerIndex() + HEADER_BYTES;
	}

	static void requireBytes(ByteBuf frame, int index, int count, String name) {
		int left = frame.writerIndex() - index;
		if (left < count) {
			throw new MuxProtocolException(name + ": " + left + " bytes left (expected: >= " + count + ")");
		}
	}

	static ByteBuf rest(ByteBuf frame, int index) {
		return frame.slice(index, frame.writerIndex() - index);
	}

	static String restAsText(ByteBuf frame, int index) {
		return frame.toString(index, frame.writerIndex() - index, StandardCharsets.UTF_8);
	}

	private static int requireTag(int tag) {
		if (tag < 0 || tag > MAX_TAG) {
			throw new IllegalArgumentException("tag: " + tag + " (expected: 0.." + MAX_TAG + ")");
		}
		return tag;
	}

}
