package io.scalesrpc.benchmark;

import java.net.InetSocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.Transport;

/**
 * The least a server can do that answers {@code echo} over mux: it looks for the text in the request and copies it into an
 * answer from a template, so that in a comparison it is the client that decides. Ends with its input. <em>Stateless</em>.
 */
public final class LeanEchoServer {

	private LeanEchoServer() {
	}

	/**
	 * Serves until the input ends.
	 * @param args the port
	 */
	public static void main(String[] args) throws Exception {
		EventLoops loops = EventLoops.create("lean-echo", 1,
				Transport.valueOf(System.getProperty("transport", "AUTO")));
		Channel server = new ServerBootstrap().group(loops.group())
			.channel(loops.serverChannelType())
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel created) {
					created.pipeline().addLast(new LengthFieldBasedFrameDecoder(1 << 24, 0, 4, 0, 4)).addLast(new Echo());
				}

			})
			.bind("localhost", Integer.parseInt(args[0]))
			.sync()
			.channel();
		System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
		while (System.in.read() >= 0) {
			continue;
		}
		System.exit(0);
	}

	/** Answers the frames of one connection. <em>Confined to the event loop</em>. */
	private static final class Echo extends ChannelInboundHandlerAdapter {

		private static final int TDISPATCH = 2;

		private static final int TPING = 65;

		private static final int TINIT = 68;

		/** By its old number, as Finagle's. */
		private static final int RERR = 127;

		private static final byte[] REPLY = { (byte) 0x80, 1, 0, 2, 0, 0, 0, 4, 'e', 'c', 'h', 'o' };

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ByteBuf frame = (ByteBuf) message;
			int type = frame.readByte();
			int tag = frame.readMedium();
			switch (type) {
				case TDISPATCH -> echo(ctx, frame, tag);
				case TPING -> ctx.write(ctx.alloc().buffer().writeInt(4).writeByte(-TPING).writeMedium(tag));
				case TINIT -> ctx.write(ctx.alloc().buffer().writeInt(6).writeByte(-TINIT).writeMedium(tag).writeShort(1));
				// The question that comes before a handshake wants itself for an answer.
				case RERR -> ctx.write(ctx.alloc()
					.buffer()
					.writeInt(4 + frame.readableBytes())
					.writeByte(RERR)
					.writeMedium(tag)
					.writeBytes(frame));
				default -> throw new IllegalArgumentException("type: " + type);
			}
			frame.release();
		}

		private static void echo(ChannelHandlerContext ctx, ByteBuf frame, int tag) {
			skipStrings(frame, 2 * frame.readUnsignedShort());
			skipStrings(frame, 1);
			skipStrings(frame, 2 * frame.readUnsignedShort());
			int message = frame.readerIndex();
			int sequence = frame.getInt(message + REPLY.length);
			int length = frame.getInt(message + REPLY.length + 7);
			ByteBuf out = ctx.alloc().buffer(64 + length);
			out.writeInt(7 + REPLY.length + 4 + 7 + length + 1);
			out.writeByte(-TDISPATCH).writeMedium(tag).writeByte(0).writeShort(0);
			out.writeBytes(REPLY).writeInt(sequence).writeByte(11).writeShort(0).writeInt(length);
			out.writeBytes(frame, message + REPLY.length + 11, length).writeByte(0);
			ctx.write(out, ctx.voidPromise());
		}

		private static void skipStrings(ByteBuf frame, int count) {
			for (int i = 0; i < count; i++) {
				frame.skipBytes(frame.readUnsignedShort());
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			ctx.flush();
		}

	}

}
