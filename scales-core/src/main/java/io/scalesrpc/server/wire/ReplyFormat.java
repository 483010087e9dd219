package io.scalesrpc.server.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxStatus;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.RreqCodec;
import io.scalesrpc.thrift.handler.ThriftResponse;

/**
 * The two frames by which requests are answered, each to its own kind of request.
 * <em>Immutable</em>; thread-safe.
 */
public enum ReplyFormat {

	/** Answers a Tdispatch. */
	RDISPATCH {
		@Override
		int begin(ByteBuf buffer, int tag, MuxStatus status, Context contexts) {
			return RdispatchCodec.begin(buffer, tag, status, contexts);
		}
	},

	/** Answers a Treq, and has no room for contexts. */
	RREQ {
		@Override
		int begin(ByteBuf buffer, int tag, MuxStatus status, Context contexts) {
			return RreqCodec.begin(buffer, tag, status);
		}
	};

	/** A text that says what went wrong need not say it at any length. */
	private static final int MAX_TEXT = 1024;

	abstract int begin(ByteBuf buffer, int tag, MuxStatus status, Context contexts);

	/**
	 * A complete frame, owned by the caller.
	 * @param bytes what it is likely to have: it grows if that is not enough
	 */
	public ByteBuf answer(ByteBufAllocator allocator, int bytes, int tag, ThriftResponse answer) {
		ByteBuf buffer = allocator.buffer(bytes);
		try {
			int start = begin(buffer, tag, MuxStatus.OK, Context.empty());
			answer.encode(buffer);
			MuxFrame.end(buffer, start);
			return buffer;
		}
		catch (RuntimeException | Error ex) {
			buffer.release();
			throw ex;
		}
	}

	/** A complete frame, owned by the caller. */
	public ByteBuf error(ByteBufAllocator allocator, int tag, Context contexts, String text) {
		ByteBuf buffer = allocator.buffer();
		int start = begin(buffer, tag, MuxStatus.ERROR, contexts);
		ByteBufUtil.writeUtf8(buffer, (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) : text);
		MuxFrame.end(buffer, start);
		return buffer;
	}

	/** A complete frame, owned by the caller. */
	public ByteBuf nack(ByteBufAllocator allocator, int tag, Context contexts) {
		ByteBuf buffer = allocator.buffer();
		MuxFrame.end(buffer, begin(buffer, tag, MuxStatus.NACK, contexts));
		return buffer;
	}

}
