package io.scalesrpc.server.wire;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxStatus;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RreqCodec;
import io.scalesrpc.thrift.ThriftMessageException;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a connection of framed Thrift and a {@code ServerSession}, to which the
 * connection is one of mux that never negotiates and has one tag. One request at a time
 * goes on; those that came behind it wait, and nothing more is read meanwhile. What mux
 * says by a status is a {@code TApplicationException} here. <em>Confined to the
 * connection's event loop</em>.
 */
public final class FramedThrift extends ChannelDuplexHandler {

	private static final Logger logger = LoggerFactory.getLogger(FramedThrift.class);

	private static final int TAG = MuxFrame.FIRST_TAG;

	/** Type, tag, and the number of a Treq's keys, which is none. */
	private static final int TREQ_HEAD_BYTES = MuxFrame.HEADER_BYTES + 1;

	/** Name and sequence id are in here, or the client learns of an error by the end. */
	private static final int MAX_HEAD_BYTES = 512;

	private final Queue<ByteBuf> waiting = new ArrayDeque<>();

	private final byte[] head = new byte[MAX_HEAD_BYTES];

	private final ThriftRequestHandler handler;

	private int headLength;

	private boolean busy;

	private boolean readsLater;

	public FramedThrift(ThriftRequestHandler handler) {
		this.handler = handler;
	}

	/** A frame from its type on, owned by the caller, with bytes that are read. */
	static ByteBuf treq(ByteBufAllocator allocator, ByteBuf in, int length) {
		return allocator.buffer(TREQ_HEAD_BYTES + length)
			.writeByte(MuxType.TREQ)
			.writeMedium(TAG)
			.writeByte(0)
			.writeBytes(in, length);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		assert context.executor().inEventLoop();
		if (this.busy) {
			this.waiting.add((ByteBuf) message);
		}
		else {
			begin(context, (ByteBuf) message);
		}
	}

	private void begin(ChannelHandlerContext context, ByteBuf treq) {
		this.busy = true;
		this.headLength = Math.min(MAX_HEAD_BYTES, treq.readableBytes() - TREQ_HEAD_BYTES);
		treq.getBytes(treq.readerIndex() + TREQ_HEAD_BYTES, this.head, 0, this.headLength);
		context.fireChannelRead(treq);
	}

	/** Reads ahead of the request that is handled only to learn of the end. */
	@Override
	public void read(ChannelHandlerContext context) {
		if (this.waiting.isEmpty()) {
			context.read();
		}
		else {
			this.readsLater = true;
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		assert context.executor().inEventLoop();
		ByteBuf reply = ((ByteBuf) message).skipBytes(MuxFrame.LENGTH_BYTES);
		if (MuxFrame.type(reply) != MuxType.RREQ) {
			// Nothing else is an answer.
			reply.release();
			context.close(promise.unvoid());
			return;
		}
		MuxStatus status = RreqCodec.status(reply);
		if (status == MuxStatus.OK) {
			framed(context, RreqCodec.body(reply).retain(), promise);
		}
		else {
			refused(context,
					(status == MuxStatus.NACK) ? "the server has no room for the request" : RreqCodec.error(reply),
					promise);
		}
		reply.release();
		this.busy = false;
		if (!this.waiting.isEmpty()) {
			// Not from here: what is answered at once would come back here.
			context.executor().execute(() -> next(context));
		}
	}

	private void refused(ChannelHandlerContext context, String why, ChannelPromise promise) {
		ByteBuf body = context.alloc().buffer();
		try {
			this.handler.refuse(Unpooled.wrappedBuffer(this.head, 0, this.headLength), why).encode(body);
		}
		catch (ThriftMessageException ex) {
			logger.debug("Connection from {} closed: {}; {}", context.channel().remoteAddress(), why, ex.getMessage());
			body.release();
			context.close(promise.unvoid());
			return;
		}
		framed(context, body, promise);
	}

	/** A oneway request has no answer, not even an empty one. */
	private static void framed(ChannelHandlerContext context, ByteBuf body, ChannelPromise promise) {
		if (!body.isReadable()) {
			body.release();
			promise.trySuccess();
			return;
		}
		context.write(context.alloc().buffer(MuxFrame.LENGTH_BYTES).writeInt(body.readableBytes()),
				context.voidPromise());
		context.write(body, promise);
	}

	private void next(ChannelHandlerContext context) {
		ByteBuf treq = this.busy ? null : this.waiting.poll();
		if (treq != null) {
			begin(context, treq);
		}
		if (this.waiting.isEmpty() && this.readsLater) {
			this.readsLater = false;
			context.read();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.waiting.forEach(ReferenceCountUtil::release);
		this.waiting.clear();
		context.fireChannelInactive();
	}

}
