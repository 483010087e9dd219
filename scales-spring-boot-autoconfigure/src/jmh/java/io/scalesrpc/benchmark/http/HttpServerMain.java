package io.scalesrpc.benchmark.http;

import java.nio.charset.StandardCharsets;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;

/**
 * A server that costs as little as one can, in a process of its own: HTTP/1.1 on one port
 * and HTTP/2 by prior knowledge on another; ends with its input. <em>Stateless</em>.
 */
public final class HttpServerMain {

	private static final ByteBuf USER = Unpooled
		.unreleasableBuffer(Unpooled.directBuffer().writeBytes(("{\"id\":7,\"name\":\"user seven\",\"mail\":\"seven"
				+ "@users.example\",\"since\":\"2016-11-21\"}").getBytes(StandardCharsets.US_ASCII)))
		.asReadOnly();

	private HttpServerMain() {
	}

	/**
	 * Serves until the input ends; the ports are printed.
	 * @param args not used
	 */
	public static void main(String[] args) throws Exception {
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try {
			int http1 = port(loop, handler(false));
			int http2 = port(loop, handler(true));
			System.out.println("READY " + http1 + " " + http2);
			while (System.in.read() >= 0) {
				continue;
			}
		}
		finally {
			loop.shutdownGracefully().await();
		}
	}

	private static int port(EventLoopGroup loop, ChannelHandler handler) throws InterruptedException {
		Channel channel = new ServerBootstrap().group(loop)
			.channel(NioServerSocketChannel.class)
			.childHandler(handler)
			.bind("localhost", 0)
			.sync()
			.channel();
		return ((java.net.InetSocketAddress) channel.localAddress()).getPort();
	}

	private static ChannelHandler handler(boolean http2) {
		return new ChannelInitializer<>() {
			@Override
			protected void initChannel(Channel channel) {
				if (http2) {
					channel.pipeline()
						.addLast(Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(streams()));
				}
				else {
					channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), new Answers());
				}
			}
		};
	}

	private static ChannelHandler streams() {
		return new ChannelInitializer<>() {
			@Override
			protected void initChannel(Channel stream) {
				stream.pipeline()
					.addLast(new Http2StreamFrameToHttpObjectCodec(true), new HttpObjectAggregator(65_536),
							new Answers());
			}
		};
	}

	/** Gives the same answer to everything. <em>Confined to its event loop</em>. */
	private static final class Answers extends SimpleChannelInboundHandler<HttpRequest> {

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, HttpRequest request) {
			FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
					USER.duplicate());
			answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
			answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, USER.readableBytes());
			ctx.writeAndFlush(answer);
		}

	}

}
