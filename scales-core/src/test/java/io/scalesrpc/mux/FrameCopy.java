package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.call.Context;

/**
 * Writes a frame again from what the codecs have read of it, so that a comparison of
 * bytes proves both directions. <em>Stateless</em>; thread-safe.
 */
final class FrameCopy {

	private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

	private FrameCopy() {
	}

	/** Whether frames of a type are written at all, not only read. */
	static boolean isWritten(int type) {
		return switch (type) {
			case MuxType.TREQ, MuxType.TDISCARDED, MuxType.RERR -> false;
			default -> true;
		};
	}

	/**
	 * A complete frame, owned by the caller, that should have the same bytes as the given
	 * one has from its type on.
	 */
	static ByteBuf copy(ByteBuf frame) {
		int type = MuxFrame.type(frame);
		int tag = MuxFrame.tag(frame);
		return switch (type) {
			case MuxType.TINIT, MuxType.RINIT -> InitCodec.encode(ALLOCATOR, type, tag, InitCodec.headers(frame));
			case MuxType.RERR_OLD -> RerrCodec.encode(ALLOCATOR, tag, RerrCodec.why(frame));
			case MuxType.TDISCARDED_OLD ->
				TdiscardedCodec.encode(ALLOCATOR, TdiscardedCodec.which(frame), TdiscardedCodec.why(frame));
			case MuxType.TLEASE -> TleaseCodec.encode(ALLOCATOR, TleaseCodec.millis(frame));
			case MuxType.RREQ -> rreq(frame, tag);
			case MuxType.TDISPATCH -> request(frame, tag);
			case MuxType.RDISPATCH -> answer(frame, tag);
			default -> MuxFrame.empty(ALLOCATOR, type, tag);
		};
	}

	private static ByteBuf rreq(ByteBuf frame, int tag) {
		ByteBuf copy = ALLOCATOR.buffer();
		int start = RreqCodec.begin(copy, tag, RreqCodec.status(frame));
		copy.writeBytes(RreqCodec.body(frame));
		MuxFrame.end(copy, start);
		return copy;
	}

	private static ByteBuf request(ByteBuf frame, int tag) {
		ByteBuf copy = ALLOCATOR.buffer();
		int start = TdispatchCodec.begin(copy, contexts(TdispatchCodec.contexts(frame)),
				TdispatchCodec.destination(frame), TdispatchCodec.dtab(frame));
		copy.writeBytes(TdispatchCodec.body(frame));
		MuxFrame.end(copy, start);
		MuxFrame.patchTag(copy, tag);
		return copy;
	}

	private static ByteBuf answer(ByteBuf frame, int tag) {
		ByteBuf copy = ALLOCATOR.buffer();
		int start = RdispatchCodec.begin(copy, tag, RdispatchCodec.status(frame),
				contexts(RdispatchCodec.contexts(frame)));
		copy.writeBytes(RdispatchCodec.body(frame));
		MuxFrame.end(copy, start);
		return copy;
	}

	private static Context contexts(Context contexts) {
		Context copy = Context.empty();
		for (int i = 0; i < contexts.size(); i++) {
			copy = copy.with(contexts.key(i), ContextText.copy(contexts.key(i), contexts.value(i)));
		}
		return copy;
	}

}
