package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.mux.TreqCodec;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls into frames that have no tag yet. <em>Thread-safe</em>.
 */
final class RequestEncoder {

	private final MuxSessionContext context;

	private final RequestBuffers buffers;

	/**
	 * Creates the encoder of one session.
	 * @param context has the codec
	 * @param buffers to write into
	 */
	RequestEncoder(MuxSessionContext context, RequestBuffers buffers) {
		this.context = context;
		this.buffers = buffers;
	}

	/**
	 * Encodes a request.
	 * @param treq as a Treq, which has room for a trace and nothing else beside the body
	 */
	ByteBuf encode(Call call, int sequenceId, boolean treq) throws Exception {
		ByteBuf frame = this.buffers.take();
		try {
			DispatchCodec codec = this.context.codec();
			int start = treq ? TreqCodec.begin(frame, trace(codec.contexts(call))) : codec.begin(call, frame);
			codec.encode(call, sequenceId, frame);
			MuxFrame.end(frame, start);
			this.buffers.used(frame.readableBytes());
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

}
