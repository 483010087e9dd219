package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The threads on which all connections live: a few for any number of members. Uses epoll
 * where the machine has it, since only epoll offers {@code TCP_USER_TIMEOUT}.
 * <em>Thread-safe</em>.
 */
public final class EventLoops {

	private final EventLoopGroup group;

	private EventLoops(EventLoopGroup group) {
		this.group = group;
	}

	/**
	 * Starts event loops; threads are made as they are needed and are daemons.
	 * @param name the prefix of the threads' names
	 * @param threads how many, at least 1
	 * @return the event loops, to be closed by the caller
	 */
	public static EventLoops create(String name, int threads) {
		IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		return new EventLoops(new MultiThreadIoEventLoopGroup(threads, IoThread.factory(name), io));
	}

	/**
	 * Whether the current thread is an event loop or the timer of any client or server:
	 * whoever blocks there keeps its own answer from coming.
	 * @return {@code true} if this thread must not block
	 */
	public static boolean isCurrentThread() {
		return IoThread.isCurrent();
	}

	/**
	 * The loops as Netty knows them.
	 * @return the group
	 */
	public EventLoopGroup group() {
		return this.group;
	}

	/**
	 * The channel type that fits these loops, for clients.
	 * @return the type
	 */
	public Class<? extends Channel> channelType() {
		return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
	}

	/**
	 * The channel type that fits these loops, for servers.
	 * @return the type
	 */
	public Class<? extends ServerChannel> serverChannelType() {
		return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
	}

	/**
	 * Stops the loops and their threads. Connections should be closed by then.
	 * @param grace how long running tasks may take
	 * @return completes when every thread has ended
	 */
	public CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.group.shutdownGracefully(0, grace.toMillis(), TimeUnit.MILLISECONDS)
			.addListener((future) -> closed.complete(null));
		return closed;
	}

}
