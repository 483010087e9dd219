package io.scalesrpc.benchmark.netty;

import java.net.InetSocketAddress;
import java.util.function.Function;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;

/**
 * All the servers, on one event loop. Ends with its input. <em>Stateless</em>.
 */
public final class Servers {

	private Servers() {
	}

	/**
	 * Serves until the input ends; prints {@code READY} and the ports, {@code protocol=port} each.
	 * @param args not used
	 */
	public static void main(String[] args) throws Exception {
		EventLoopGroup loop = Loops.one();
		System.out.println("READY mux=" + serve(loop, (channel) -> new ThriftEcho(channel, true)) + " framed="
				+ serve(loop, (channel) -> new ThriftEcho(channel, false)));
		while (System.in.read() >= 0) {
			continue;
		}
		System.exit(0);
	}

	private static int serve(EventLoopGroup loop, Function<Channel, ChannelHandler> handler) throws InterruptedException {
		Channel server = new ServerBootstrap().group(loop)
			.channel(Loops.server())
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel created) {
					created.pipeline().addLast(handler.apply(created));
				}
			})
			.bind("localhost", 0)
			.sync()
			.channel();
		return ((InetSocketAddress) server.localAddress()).getPort();
	}

}
