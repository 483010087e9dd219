package io.scalesrpc.serial;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.scalesrpc.metrics.Event;
import org.jspecify.annotations.Nullable;

/**
 * Says the greeting on a new connection, and makes way for the session that the answer
 * calls for. <em>Confined to the connection's event loop</em>.
 */
final class SerialGreeter extends ByteToMessageDecoder {

	private final SerialOpening opening;

	private final SerialContext context;

	private final SerialGreeting greeting;

	private final MessageCutter cutter;

	SerialGreeter(SerialOpening opening, SerialContext context, SerialGreeting greeting) {
		this.opening = opening;
		this.context = context;
		this.greeting = greeting;
		this.cutter = greeting.cutter();
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) throws Exception {
		ByteBuf out = ctx.alloc().buffer();
		this.greeting.encode(out);
		this.context.metrics().count(Event.BYTES_SENT, out.readableBytes());
		ctx.writeAndFlush(out);
		super.channelActive(ctx);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
		this.context.metrics().count(Event.BYTES_RECEIVED, ((ByteBuf) message).readableBytes());
		super.channelRead(ctx, message);
	}

	/** What may follow the answer goes on to the session, which nobody asked anything. */
	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		assert ctx.executor().inEventLoop();
		try {
			ByteBuf answer = this.cutter.next(in);
			if (answer != null) {
				SerialContext agreed = this.context.with(this.greeting.decode(answer));
				SerialSession session = new SerialSession(ctx.channel(), agreed);
				ctx.pipeline().replace(this, null, session);
				this.opening.ready(session, ctx.channel());
			}
		}
		catch (Throwable ex) {
			in.skipBytes(in.readableBytes());
			fail(ctx, "answer that makes no sense: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail(ctx, "connection lost: " + cause.getMessage(), cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		fail(ctx, "connection closed by the server", null);
		super.channelInactive(ctx);
	}

	private void fail(ChannelHandlerContext ctx, String reason, @Nullable Throwable cause) {
		this.opening.fail(this.greeting.name() + ": " + reason, cause);
		ctx.close();
	}

}
