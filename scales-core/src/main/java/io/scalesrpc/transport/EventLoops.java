package io.scalesrpc.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which all connections live, a few for any number of members, and the
 * {@link Transport} that they have in common. <em>Thread-safe</em>.
 */
public final class EventLoops {

	private final Transport wanted;

	private final Supplier<EventLoopGroup> factory;

	private final AtomicReference<@Nullable EventLoopGroup> made = new AtomicReference<>();

	private volatile boolean closed;

	private EventLoops(String name, int threads, Transport wanted) {
		this.wanted = wanted;
		this.factory = () -> new RestingLoops(threads, IoThread.factory(name), types().handlers());
	}

	/**
	 * Makes event loops when they are first asked for, since Netty takes its time to
	 * load; threads are made as they are needed and are daemons.
	 * @param name the prefix of the threads' names
	 * @param threads how many, at least 1
	 * @return the event loops, to be closed by the caller
	 */
	public static EventLoops create(String name, int threads) {
		return create(name, threads, Transport.AUTO);
	}

	/**
	 * Makes event loops as {@link #create(String, int)} does, on a transport of one's
	 * choice.
	 * @param name the prefix of the threads' names
	 * @param threads how many, at least 1
	 * @param transport what moves the bytes
	 * @return the event loops, to be closed by the caller
	 * @throws io.scalesrpc.call.InvalidSettingException if this system does not have the
	 * transport; says what is missing
	 */
	public static EventLoops create(String name, int threads, Transport transport) {
		SocketTypes.require(transport);
		return new EventLoops(name, threads, transport);
	}

	/**
	 * What moves the bytes.
	 * @return never {@link Transport#AUTO}, but what that has come to
	 */
	public Transport transport() {
		return types().transport();
	}

	private SocketTypes types() {
		return SocketTypes.of(this.wanted);
	}

	/**
	 * The loops, for what may run on any of them. Asks for them when there is something
	 * to run: not every client is called.
	 * @return runs tasks
	 */
	public Executor executor() {
		return (task) -> group().execute(task);
	}

	/** Makes the loops, and has Netty's buffers and channels loaded. */
	public void prepare() {
		group();
		channelType();
		ByteBufAllocator.DEFAULT.directBuffer().release();
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
		EventLoopGroup group = this.made.get();
		return (group != null) ? group : make();
	}

	private EventLoopGroup make() {
		EventLoopGroup mine = this.factory.get();
		EventLoopGroup other = this.made.compareAndExchange(null, mine);
		if (other != null || this.closed) {
			mine.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
		}
		return (other != null) ? other : mine;
	}

	/**
	 * The channel type that fits these loops, for clients.
	 * @return the type
	 */
	public Class<? extends Channel> channelType() {
		return types().channel();
	}

	/**
	 * The channel type that fits these loops, for servers.
	 * @return the type
	 */
	public Class<? extends ServerChannel> serverChannelType() {
		return types().serverChannel();
	}

	/** What has the kernel find out that a peer is gone. */
	Map<ChannelOption<Integer>, Integer> lifeSigns() {
		return types().lifeSigns();
	}

	/**
	 * Stops the loops and their threads. Connections should be closed by then.
	 * @param grace how long running tasks may take
	 * @return completes when every thread has ended
	 */
	public CompletionStage<Void> close(Duration grace) {
		this.closed = true;
		EventLoopGroup group = this.made.get();
		if (group == null) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> closed = new CompletableFuture<>();
		group.shutdownGracefully(0, grace.toMillis(), TimeUnit.MILLISECONDS)
			.addListener((future) -> closed.complete(null));
		return closed;
	}

}
