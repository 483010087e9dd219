package io.scalesrpc.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.IdleStateHandler;
import io.scalesrpc.mux.ByteBudget;
import io.scalesrpc.mux.MuxFrameDecoder;
import io.scalesrpc.server.announcement.Presence;
import io.scalesrpc.server.limit.MemoryLimits;
import io.scalesrpc.server.limit.ServerThreads;
import io.scalesrpc.server.wire.FramedThrift;
import io.scalesrpc.server.wire.FramedThriftDecoder;
import io.scalesrpc.transport.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * A ThriftMux server: serves Thrift services on one port to Finagle clients, to Scales,
 * and to clients that do not negotiate. Answers on the wire as a Finagle server does.
 * With {@link ServerProtocol#THRIFT} it serves clients of libthrift instead.
 * <p>
 * One connection holds at most four times the largest request of what is still coming in,
 * its share of the admitted requests, and as much again of replies; all connections
 * together have limits of their own. A client that does not read its replies is not read
 * from. <em>Thread-safe</em>.
 */
public final class ThriftMuxServer implements AutoCloseable {

	private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

	private final InetSocketAddress requested;

	private final ServerProtocol protocol;

	private final SessionContext context;

	private final ServerThreads threads;

	private final Presence presence;

	private final AtomicReference<@Nullable Channel> listening = new AtomicReference<>();

	private final AtomicBoolean closing = new AtomicBoolean();

	/** Complete when clients are told to go elsewhere. */
	private final CompletableFuture<Void> draining = new CompletableFuture<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	ThriftMuxServer(InetSocketAddress requested, ServerProtocol protocol, SessionContext context, ServerThreads threads,
			Presence presence) {
		this.requested = requested;
		this.protocol = protocol;
		this.context = context;
		this.threads = threads;
		this.presence = presence;
	}

	/**
	 * Collects the settings of a server.
	 * @return a builder with the defaults
	 */
	public static ThriftMuxServerBuilder builder() {
		return new ThriftMuxServerBuilder();
	}

	/**
	 * Listens from now on, and announces the server if that was asked for, without
	 * waiting for the registry; must not be called on an event loop.
	 * @return this server
	 * @throws IllegalArgumentException if the announcement's URI is not right (the server
	 * is then closed)
	 * @throws IllegalStateException if the address is in use or not this machine's (the
	 * server is then closed), or if the server was started or closed before
	 */
	public ThriftMuxServer start() {
		listen();
		announce();
		return this;
	}

	/**
	 * Listens from now on, without announcing the server; must not be called on an event
	 * loop.
	 * @return this server
	 * @throws IllegalStateException if the address is in use or not this machine's (the
	 * server is then closed), or if the server was started or closed before
	 */
	public ThriftMuxServer listen() {
		if (this.closing.get()) {
			throw new IllegalStateException("server: closed (expected: new)");
		}
		ChannelFuture bound = bootstrap().bind(this.requested).awaitUninterruptibly();
		if (!bound.isSuccess()) {
			close(Duration.ZERO);
			throw new IllegalStateException("address: " + this.requested + " (expected: one to listen on)",
					bound.cause());
		}
		if (!this.listening.compareAndSet(null, bound.channel())) {
			bound.channel().close();
			throw new IllegalStateException("server: started (expected: new)");
		}
		return this;
	}

	/**
	 * Announces a server that {@linkplain #listen() listens}, if that was asked for,
	 * without waiting for the registry. To be called once.
	 * @throws IllegalArgumentException if the announcement's URI is not right (the server
	 * is then closed)
	 * @throws IllegalStateException if the server does not listen yet
	 */
	public void announce() {
		try {
			this.presence.join(address());
		}
		catch (RuntimeException ex) {
			close(Duration.ZERO);
			throw ex;
		}
	}

	private ServerBootstrap bootstrap() {
		int queue = this.context.memory().maxWriteQueueBytes();
		WriteBufferWaterMark marks = new WriteBufferWaterMark(queue / 2, queue);
		return new ServerBootstrap().group(this.threads.loops().group())
			.channel(this.threads.loops().serverChannelType())
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.SO_KEEPALIVE, true)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, marks)
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					initialize(channel);
				}
			});
	}

	private void initialize(Channel channel) {
		this.context.tls().open(channel);
		MemoryLimits memory = this.context.memory();
		ByteBudget unfinished = memory.ofConnection(this.context.unfinished());
		Duration idle = this.context.limits().connections().idleTimeout();
		ServerSession session = new ServerSession(this.context, channel, unfinished);
		channel.pipeline().addLast(new IdleStateHandler(idle.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
		if (this.protocol == ServerProtocol.THRIFT) {
			channel.pipeline()
				.addLast(new FramedThriftDecoder(memory.maxFrameBytes(), unfinished),
						new FramedThrift(this.context.engine().handler()), session);
		}
		else {
			channel.pipeline().addLast(new MuxFrameDecoder(memory.maxFrameBytes(), unfinished), session);
		}
	}

	/**
	 * Where the server listens.
	 * @return the address with its real port
	 * @throws IllegalStateException if the server was not started
	 */
	public InetSocketAddress address() {
		Channel channel = this.listening.get();
		if (channel == null) {
			throw new IllegalStateException("server: not started (expected: start() first)");
		}
		return (InetSocketAddress) channel.localAddress();
	}

	/**
	 * The port on which the server listens.
	 * @return from 1 to 65535
	 * @throws IllegalStateException if the server was not started
	 */
	public int port() {
		return address().getPort();
	}

	/**
	 * What the server has done and is doing.
	 * @return live counts, always the same object
	 */
	public ServerStats stats() {
		return this.context.stats();
	}

	/**
	 * Why a server that is to be announced does not stand in its registry now, as far as
	 * is known; for health checks. The log says at WARN when it has not been announced
	 * within ten seconds.
	 * @return words; {@code null} if it is announced, was not to be, or has left
	 */
	public @Nullable String announcementProblem() {
		return this.presence.problem();
	}

	/**
	 * Withdraws the announcement, for which the registry has five seconds, and waits for
	 * the leave delay. The server goes on as before, until it is closed.
	 * @return completes when clients have had the time to hear of it; at once if the
	 * server was not announced
	 */
	public CompletionStage<Void> withdraw() {
		return this.presence.leave(this.threads.loops().group());
	}

	/**
	 * The methods that the server has.
	 * @return their names in requests, those of a named service with it in front:
	 * {@code prices:quote}
	 */
	public SortedSet<String> methods() {
		return this.context.engine().handler().methods();
	}

	/**
	 * Closes the server. One that was announced is withdrawn, for which the registry has
	 * five seconds, and goes on as before for its leave delay. Then: no new connections;
	 * clients are told to go elsewhere, their running calls end, then their connections
	 * are closed. What is left at the end of the grace is closed by force and its
	 * handlers are interrupted. May be called more than once; a shorter grace takes
	 * effect.
	 * @param grace how long running calls may take once clients are told; zero or less
	 * ends them then
	 * @return completes when every connection is closed and the server's own event loops
	 * have ended; never fails
	 */
	public CompletionStage<Void> close(Duration grace) {
		this.draining.thenRun(() -> endAfter(grace));
		if (this.closing.compareAndSet(false, true)) {
			Channel channel = this.listening.get();
			if (channel == null) {
				closeThreads();
			}
			else {
				this.presence.leave(this.threads.loops().group())
					.whenComplete((nothing, failure) -> channel.close().addListener((future) -> drain()));
			}
		}
		return this.closed.minimalCompletionStage();
	}

	private void drain() {
		this.context.registry().drain().whenComplete((nothing, failure) -> closeThreads());
		this.draining.complete(null);
	}

	private void endAfter(Duration grace) {
		try {
			Future<?> end = this.threads.loops()
				.group()
				.schedule(this.context.registry()::closeNow, Math.max(0, grace.toMillis()), TimeUnit.MILLISECONDS);
			this.closed.whenComplete((nothing, failure) -> end.cancel(false));
		}
		catch (RejectedExecutionException ex) {
			// The event loops have ended: nothing is left.
		}
	}

	private void closeThreads() {
		this.threads.close().whenComplete((nothing, failure) -> this.closed.complete(null));
	}

	/**
	 * {@linkplain #close(Duration) Closes} the server with a grace of ten seconds, and
	 * waits for the end as every {@code close()} here does. It does not wait on an event
	 * loop or the timer: the closing needs those threads itself. An interrupt ends the
	 * waiting, not the closing.
	 */
	@Override
	public void close() {
		Shutdown.await(this, close(DEFAULT_GRACE), DEFAULT_GRACE.plus(this.presence.longestLeave()));
	}

	@Override
	public String toString() {
		Channel channel = this.listening.get();
		return "ThriftMuxServer " + ((channel != null) ? channel.localAddress() : this.requested);
	}

}
