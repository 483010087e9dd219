package io.scalesrpc.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.scalesrpc.discovery.Member;

/**
 * Opens channels to members: name resolution off the event loop, TCP, and the socket
 * options all protocols share. What may wait to be written is bounded by the protocols,
 * which queue above the channel; Netty's own marks stay as they are. Every channel of a
 * client is made here, so here is the place for TLS. <em>Thread-safe</em>.
 */
public final class Connector {

	/**
	 * How long sent bytes may stay unacknowledged before the kernel gives the connection
	 * up (gRPC A18).
	 */
	private static final int TCP_USER_TIMEOUT_MILLIS = 20_000;

	private final Bootstrap bootstrap;

	private final Duration connectTimeout;

	/**
	 * Creates a connector.
	 * @param eventLoops where the channels live
	 * @param connectTimeout how long opening may take in all: TCP and the protocol's
	 * handshake; positive
	 */
	public Connector(EventLoops eventLoops, Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
		this.bootstrap = new Bootstrap().group(eventLoops.group())
			.channel(eventLoops.channelType())
			.resolver(BlockingResolverGroup.INSTANCE)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(connectTimeout));
		if (Epoll.isAvailable()) {
			this.bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, TCP_USER_TIMEOUT_MILLIS);
		}
	}

	/**
	 * How long opening a connection may take, the protocol's handshake included.
	 * @return a positive duration
	 */
	public Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * Opens a channel.
	 * @param member whom to connect to
	 * @param initializer sets the channel's pipeline up
	 * @return completes on the channel's event loop
	 */
	public ChannelFuture connect(Member member, ChannelHandler initializer) {
		return this.bootstrap.clone()
			.handler(initializer)
			.connect(InetSocketAddress.createUnresolved(member.host(), member.port()));
	}

	/** For Netty zero would mean no limit. */
	private static int millis(Duration timeout) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
	}

}
