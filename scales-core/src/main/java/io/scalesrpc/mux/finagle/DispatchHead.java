package io.scalesrpc.mux.finagle;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.ContextsCodec;
import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.ShortString;
import io.scalesrpc.mux.TdispatchCodec;

/**
 * All that stands before the body of a Tdispatch, encoded once: of the requests of a
 * client nearly all differ in tag, size and deadline alone. <em>Immutable</em>.
 */
@Internal
public final class DispatchHead {

	private static final byte[] NO_DEADLINE = new DeadlineContext(0, 0).encode();

	private final byte[] bytes;

	private final int deadlineIndex;

	private DispatchHead(byte[] bytes, int deadlineIndex) {
		this.bytes = bytes;
		this.deadlineIndex = deadlineIndex;
	}

	/**
	 * Encodes a head.
	 * @param contexts what every request carries, without a deadline
	 * @param destination a Finagle path, empty for none
	 * @param dtab the caller's delegation table, usually empty
	 * @return the head; a deadline comes behind the other contexts
	 * @throws IllegalArgumentException if one of them is too long for the wire
	 */
	public static DispatchHead of(Context contexts, String destination, List<DtabEntry> dtab) {
		ByteBuf buffer = Unpooled.buffer();
		Context all = contexts.with(DeadlineContext.KEY, NO_DEADLINE);
		TdispatchCodec.begin(buffer, all, destination, dtab);
		int end = ContextsCodec.end(buffer, MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES);
		return new DispatchHead(ByteBufUtil.getBytes(buffer), end - NO_DEADLINE.length);
	}

	/**
	 * Refuses what cannot be encoded, without loading Netty.
	 * @param contexts what every request carries, without a deadline
	 * @param destination a Finagle path, empty for none
	 * @param dtab the caller's delegation table, usually empty
	 * @throws IllegalArgumentException if one of them is too long for the wire
	 */
	public static void requireFits(Context contexts, String destination, List<DtabEntry> dtab) {
		ContextsCodec.requireFits(contexts.with(DeadlineContext.KEY, NO_DEADLINE));
		ShortString.requireFits(destination, "dst");
		TdispatchCodec.requireFits(dtab);
	}

	/**
	 * Starts a request as {@link TdispatchCodec#begin} does.
	 * @param buffer where to
	 * @param timestampNanos when the deadline was set, as {@link DeadlineContext} has it
	 * @param deadlineNanos when it passes
	 * @return where the frame starts
	 */
	public int begin(ByteBuf buffer, long timestampNanos, long deadlineNanos) {
		int start = buffer.writerIndex();
		buffer.writeBytes(this.bytes);
		buffer.setLong(start + this.deadlineIndex, timestampNanos);
		buffer.setLong(start + this.deadlineIndex + Long.BYTES, deadlineNanos);
		return start;
	}

}
