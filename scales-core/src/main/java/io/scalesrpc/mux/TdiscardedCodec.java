package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

import io.scalesrpc.Internal;

/**
 * The codec of Tdiscarded, by which a client gives a request up: {@code which:3 why}. The
 * server answers with Rdiscarded or, if it was faster, with the reply.
 * <em>Stateless</em>; thread-safe.
 */
@Internal
public final class TdiscardedCodec {

	private static final int WHICH_BYTES = 3;

	private TdiscardedCodec() {
	}

	/**
	 * A complete Tdiscarded with the old number, which is the one every peer knows.
	 * @param allocator makes the buffer
	 * @param which the tag of the request, from 0 to {@link MuxFrame#MAX_TAG}
	 * @param why the reason
	 * @return the frame, owned by the caller
	 */
	public static ByteBuf encode(ByteBufAllocator allocator, int which, String why) {
		ByteBuf buffer = allocator
			.buffer(MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES + WHICH_BYTES + ByteBufUtil.utf8Bytes(why));
		int start = MuxFrame.begin(buffer, MuxType.TDISCARDED_OLD, MuxFrame.MARKER_TAG);
		buffer.writeMedium(which);
		ByteBufUtil.writeUtf8(buffer, why);
		MuxFrame.end(buffer, start);
		return buffer;
	}

	/**
	 * Which request is given up.
	 * @param frame a Tdiscarded from its type on
	 * @return its tag
	 * @throws MuxProtocolException if the frame is too short
	 */
	public static int which(ByteBuf frame) {
		return frame.getUnsignedMedium(whichIndex(frame));
	}

	/**
	 * The reason.
	 * @param frame a Tdiscarded from its type on
	 * @return the text
	 * @throws MuxProtocolException if the frame is too short
	 */
	public static String why(ByteBuf frame) {
		return MuxFrame.restAsText(frame, whichIndex(frame) + WHICH_BYTES);
	}

	private static int whichIndex(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame);
		MuxFrame.requireBytes(frame, index, WHICH_BYTES, "Tdiscarded which");
		return index;
	}

}
