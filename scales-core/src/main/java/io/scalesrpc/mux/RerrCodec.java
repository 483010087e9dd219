package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

import io.scalesrpc.Internal;

/**
 * The codec of Rerr, the answer to what was not understood: its body is a text. A
 * client's first frame is one too, the marker by which it learns whether the server can
 * negotiate. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class RerrCodec {

	/** The text of the marker. */
	public static final String MARKER = "tinit check";

	private RerrCodec() {
	}

	/**
	 * A complete Rerr with the old number, which is the one every peer knows.
	 * @param allocator makes the buffer
	 * @param tag the tag of what was not understood; {@link MuxFrame#CONTROL_TAG} for the
	 * marker
	 * @param why the reason
	 * @return the frame, owned by the caller
	 */
	public static ByteBuf encode(ByteBufAllocator allocator, int tag, String why) {
		ByteBuf buffer = allocator.buffer(MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES + ByteBufUtil.utf8Bytes(why));
		int start = MuxFrame.begin(buffer, MuxType.RERR_OLD, tag);
		ByteBufUtil.writeUtf8(buffer, why);
		MuxFrame.end(buffer, start);
		return buffer;
	}

	/**
	 * Whether a frame is the marker, by either number of its type.
	 * @param frame any frame from its type on
	 * @return {@code true} for an Rerr whose text is {@link #MARKER}
	 */
	public static boolean isMarker(ByteBuf frame) {
		int type = MuxFrame.type(frame);
		return (type == MuxType.RERR || type == MuxType.RERR_OLD) && why(frame).equals(MARKER);
	}

	/**
	 * The reason.
	 * @param frame an Rerr from its type on
	 * @return the text
	 */
	public static String why(ByteBuf frame) {
		return MuxFrame.restAsText(frame, MuxFrame.bodyIndex(frame));
	}

}
