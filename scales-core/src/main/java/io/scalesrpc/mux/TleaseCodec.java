package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import io.scalesrpc.Internal;

/**
 * The codec of Tlease, a server's promise to take requests for some time:
 * {@code unit:1 howmuch:8}. The only unit is 0, milliseconds from now.
 * <em>Stateless</em>; thread-safe.
 */
@Internal
public final class TleaseCodec {

	/** The longest lease in milliseconds, about 50 days. */
	public static final long MAX_MILLIS = 0xffff_ffffL;

	private static final int MILLIS = 0;

	private static final int BODY_BYTES = 9;

	private TleaseCodec() {
	}

	/**
	 * A complete Tlease.
	 * @param allocator makes the buffer
	 * @param millis for how long, from 0 to {@link #MAX_MILLIS}
	 * @return the frame, owned by the caller
	 */
	public static ByteBuf encode(ByteBufAllocator allocator, long millis) {
		if (millis < 0 || millis > MAX_MILLIS) {
			throw new IllegalArgumentException("lease: " + millis + " (expected: 0.." + MAX_MILLIS + " ms)");
		}
		ByteBuf buffer = allocator.buffer(MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES + BODY_BYTES);
		int start = MuxFrame.begin(buffer, MuxType.TLEASE, MuxFrame.MARKER_TAG);
		buffer.writeByte(MILLIS).writeLong(millis);
		MuxFrame.end(buffer, start);
		return buffer;
	}

	/**
	 * How long the lease is.
	 * @param frame a Tlease from its type on
	 * @return milliseconds from now, from 0 to {@link #MAX_MILLIS}
	 * @throws MuxProtocolException if the frame is too short, or its unit or length is
	 * not of this range
	 */
	public static long millis(ByteBuf frame) {
		int index = MuxFrame.bodyIndex(frame);
		MuxFrame.requireBytes(frame, index, BODY_BYTES, "Tlease");
		int unit = frame.getUnsignedByte(index);
		long millis = frame.getLong(index + 1);
		if (unit != MILLIS) {
			throw new MuxProtocolException("Tlease unit: " + unit + " (expected: 0)");
		}
		if (millis < 0 || millis > MAX_MILLIS) {
			throw new MuxProtocolException("Tlease: " + millis + " ms (expected: 0.." + MAX_MILLIS + ")");
		}
		return millis;
	}

}
