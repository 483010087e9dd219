package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 server on Netty, with or without TLS, that does what the path says:
 * {@code /never} answers not at all, {@code /late} late, {@code /refuse} every second
 * time, {@code /reset} with a reset, {@code /goaway} and says goodbye, {@code /large} too
 * much, {@code /pour/<length>} with as many bytes as fast as they are taken,
 * {@code /echo} with the body, anything else with what was asked. <em>Thread-safe</em>.
 */
public final class Http2Server implements AutoCloseable {

	public static final int LATE_MILLIS = 170;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Channel listener;

	public final AtomicInteger accepted = new AtomicInteger();

	public final AtomicInteger resets = new AtomicInteger();

	public final AtomicInteger open = new AtomicInteger();

	public final AtomicInteger mostOpen = new AtomicInteger();

	/** Bytes that were sent of answers to {@code /pour/<length>}. */
	public final AtomicLong poured = new AtomicLong();

	private final AtomicInteger refusals = new AtomicInteger();

	private final @Nullable Script script;

	public Http2Server(long maxStreams) {
		this(maxStreams, null, null);
	}

	/**
	 * Starts a server on a free port.
	 * @param maxStreams how many streams a connection may have
	 * @param tls what it speaks TLS with; null for none
	 */
	public Http2Server(long maxStreams, @Nullable SslContext tls) {
		this(maxStreams, tls, null);
	}

	/** Starts a server that does what a script says. */
	public Http2Server(long maxStreams, Script script) {
		this(maxStreams, null, script);
	}

	private Http2Server(long maxStreams, @Nullable SslContext tls, @Nullable Script script) {
		this.script = script;
		this.listener = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					Http2Server.this.accepted.incrementAndGet();
					if (tls != null) {
						channel.pipeline().addLast(tls.newHandler(channel.alloc()));
					}
					channel.pipeline()
						.addLast(Http2FrameCodecBuilder.forServer()
							.initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(maxStreams))
							// The tests reset more streams than a good client.
							.decoderEnforceMaxRstFramesPerWindow(0, 0)
							.build())
						.addLast(new Http2MultiplexHandler(new StreamPipeline()));
				}

			})
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
	}

	/** Where it listens. */
	public int port() {
		return ((java.net.InetSocketAddress) this.listener.localAddress()).getPort();
	}

	@Override
	public void close() {
		if (!this.group.isShuttingDown()) {
			die();
		}
	}

	/** Closes every connection. */
	public void die() {
		this.listener.close().syncUninterruptibly();
		this.group.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).syncUninterruptibly();
	}

	/** What is done with a request, on the event loop. */
	public interface Script {

		/** Answers a request on its stream. */
		void answer(ChannelHandlerContext ctx, FullHttpRequest request);

	}

	/** The handlers of a stream. <em>Confined to the event loop</em>. */
	private final class StreamPipeline extends ChannelInitializer<Channel> {

		@Override
		protected void initChannel(Channel stream) {
			stream.pipeline()
				.addLast(new Http2StreamFrameToHttpObjectCodec(true))
				.addLast(new HttpObjectAggregator(1 << 20))
				.addLast(new Answers());
		}

	}

	/** Answers one request. <em>Confined to the event loop</em>. */
	private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			int now = Http2Server.this.open.incrementAndGet();
			Http2Server.this.mostOpen.accumulateAndGet(now, Math::max);
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			Http2Server.this.open.decrementAndGet();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event instanceof Http2ResetFrame) {
				Http2Server.this.resets.incrementAndGet();
			}
			ReferenceCountUtil.release(event);
		}

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
			if (Http2Server.this.script != null) {
				Http2Server.this.script.answer(ctx, request);
				return;
			}
			String path = request.uri();
			String text = request.method() + " " + path + " " + request.content().toString(StandardCharsets.UTF_8);
			if (path.startsWith("/never")) {
				return;
			}
			if (path.startsWith("/pour/")) {
				ctx.pipeline().addLast(new Pouring(Http2Server.this.poured));
				ctx.fireChannelRead(path);
				return;
			}
			if (path.startsWith("/late")) {
				ctx.executor().schedule(() -> answer(ctx, text), LATE_MILLIS, TimeUnit.MILLISECONDS);
			}
			else if (path.startsWith("/refuse") && Http2Server.this.refusals.getAndIncrement() % 2 == 0) {
				ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
			}
			else if (path.startsWith("/reset")) {
				ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
			}
			else if (path.startsWith("/echo")) {
				answer(ctx, request.content().toString(StandardCharsets.UTF_8));
			}
			else if (path.startsWith("/large")) {
				answer(ctx, "x".repeat(100_000));
			}
			else {
				if (path.startsWith("/goaway")) {
					ctx.channel().parent().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
				}
				answer(ctx, text);
			}
		}

		private static void answer(ChannelHandlerContext ctx, String text) {
			FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
					Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
			response.headers().set("x-server", "netty");
			ctx.writeAndFlush(response);
		}

	}

}
