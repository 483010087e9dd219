package io.scalesrpc.benchmark.netty;

import java.net.InetSocketAddress;
import java.util.StringJoiner;
import java.util.function.Consumer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.scalesrpc.benchmark.load.Server;

/**
 * All the servers, on one event loop. Ends with its input. <em>Stateless</em>.
 */
public final class Servers {

	private static final int WINDOW = 1 << 20;

	private Servers() {
	}

	/**
	 * Serves until the input ends; prints {@code READY} and the ports,
	 * {@code protocol=port} each, of mux with commas between.
	 * @param args how many servers of mux, or {@code lean} for one
	 */
	public static void main(String[] args) throws Exception {
		EventLoopGroup loop = Loops.one();
		StringJoiner mux = new StringJoiner(",");
		int members = args[0].equals("lean") ? 1 : Integer.parseInt(args[0]);
		for (int i = 0; i < members; i++) {
			mux.add(String.valueOf(serve(loop, (channel) -> add(channel, new ThriftEcho(channel, true)))));
		}
		Server.run("mux=" + mux + " framed=" + serve(loop, (channel) -> add(channel, new ThriftEcho(channel, false)))
				+ " http1=" + serve(loop, (channel) -> add(channel, new Http1Echo(channel))) + " http2="
				+ serve(loop, (channel) -> add(channel, http2(), new Http2Echo())));
	}

	private static void add(Channel channel, ChannelHandler... handlers) {
		channel.pipeline().addLast(handlers);
	}

	private static ChannelHandler http2() {
		return Http2FrameCodecBuilder.forServer()
			.initialSettings(Http2Settings.defaultSettings().initialWindowSize(WINDOW))
			.build();
	}

	private static int serve(EventLoopGroup loop, Consumer<Channel> handlers) throws InterruptedException {
		Channel server = new ServerBootstrap().group(loop)
			.channel(Loops.server())
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel created) {
					handlers.accept(created);
				}
			})
			.bind("localhost", 0)
			.sync()
			.channel();
		return ((InetSocketAddress) server.localAddress()).getPort();
	}

}
