package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
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

	/** Enough for most requests: a buffer that grows is copied. */
	private static final int INITIAL_FRAME_BYTES = 256;

	/** A buffer that has grown larger is not kept. */
	private static final int MAX_KEPT_BYTES = 4096;

	private final MuxSessionContext context;

	private final Channel channel;

	/**
	 * For calls that are made on the connection's event loop, as by a callback there:
	 * they are copied out of it at once as a rule. Confined to that thread.
	 */
	private @Nullable ByteBuf kept;

	/**
	 * Creates the encoder of one session.
	 * @param context has the codec and the limits
	 * @param channel makes the buffers
	 */
	RequestEncoder(MuxSessionContext context, Channel channel) {
		this.context = context;
		this.channel = channel;
	}

	/**
	 * Encodes a request.
	 * @param treq as a Treq, which has room for a trace and nothing else beside the body
	 */
	ByteBuf encode(Call call, int sequenceId, boolean treq) throws Exception {
		ByteBuf frame = buffer();
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

	private ByteBuf buffer() {
		if (!this.channel.eventLoop().inEventLoop()) {
			return newBuffer();
		}
		ByteBuf mine = this.kept;
		if (mine != null && mine.refCnt() > 1) {
			return newBuffer();
		}
		if (mine == null || mine.capacity() > MAX_KEPT_BYTES) {
			close();
			mine = newBuffer();
			this.kept = mine;
		}
		return mine.clear().retain();
	}

	private ByteBuf newBuffer() {
		return this.channel.alloc()
			.buffer(INITIAL_FRAME_BYTES, MuxFrame.LENGTH_BYTES + this.context.limits().maxFrameBytes());
	}

	/** Lets go of what it keeps. */
	void close() {
		ByteBuf last = this.kept;
		this.kept = null;
		if (last != null) {
			last.release();
		}
	}

	private static @Nullable TraceIdContext trace(Context contexts) {
		byte[] value = contexts.get(TraceIdContext.KEY);
		return (value != null) ? TraceIdContext.decode(value) : null;
	}

}
