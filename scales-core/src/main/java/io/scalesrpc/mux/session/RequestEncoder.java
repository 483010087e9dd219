package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.mux.TreqCodec;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls into frames that have no tag yet. <em>Thread-safe</em>.
 *
 * @param context has the codec and the limits
 * @param allocator makes the buffers
 */
record RequestEncoder(MuxSessionContext context, ByteBufAllocator allocator) {

	/** Enough for most requests: a buffer that grows is copied. */
	private static final int INITIAL_FRAME_BYTES = 256;

	/**
	 * Encodes a request.
	 * @param treq as a Treq, which has room for a trace and nothing else beside the body
	 */
	ByteBuf encode(Call call, int sequenceId, boolean treq) throws Exception {
		ByteBuf frame = this.allocator.buffer(INITIAL_FRAME_BYTES, maxBytes());
		try {
			DispatchCodec codec = this.context.codec();
			int start = treq ? TreqCodec.begin(frame, trace(codec.contexts(call))) : codec.begin(call, frame);
			codec.encode(call, sequenceId, frame);
			MuxFrame.end(frame, start);
			return frame;
		}
		catch (Throwable ex) {
			frame.release();
			throw ex;
		}
	}

	private static @Nullable TraceIdContext trace(Context contexts) {
		byte[] value = contexts.get(TraceIdContext.KEY);
		return (value != null) ? TraceIdContext.decode(value) : null;
	}

	private int maxBytes() {
		return MuxFrame.LENGTH_BYTES + this.context.limits().maxFrameBytes();
	}

}
