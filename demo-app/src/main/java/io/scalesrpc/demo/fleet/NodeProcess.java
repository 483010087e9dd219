package io.scalesrpc.demo.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.Future;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.zookeeper.ZooKeeperServerSetProvider;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.transport.EventLoops;

/**
 * What of a server would be a process of its own elsewhere: one event loop for its
 * sockets, which can be held or ended as a process can, and its place in ZooKeeper.
 * <em>Guarded by the lock of its {@link Node}</em>.
 */
final class NodeProcess {

	/** A server that leaves serves on until clients have heard of it. */
	private static final Executor HEARD = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

	/** When ZooKeeper notices that a process is gone: its session has ended. */
	private static final Executor NOTICED = CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS);

	private static final Duration GRACE = Duration.ofSeconds(5);

	private final List<ThriftMuxServer> servers = new ArrayList<>();

	private final List<Announcement> announcements = new ArrayList<>();

	private final EventLoops loop;

	private CountDownLatch held = new CountDownLatch(0);

	NodeProcess(String name) {
		this.loop = EventLoops.create(name, 1);
	}

	/**
	 * Listens and has itself registered.
	 * @param side who is to come
	 * @param port where to listen, if that is free; 0 for any that is
	 * @param door serves
	 * @param zooKeeper where to register
	 * @return the port
	 */
	int open(Side side, int port, Door door, String zooKeeper) {
		ThriftMuxServer server = listen(side, port, door);
		this.servers.add(server);
		this.announcements.add(new ZooKeeperServerSetProvider()
			.announce(ServerSetUri.parse("zk://" + zooKeeper + side.path()), Member.of("localhost", server.port())));
		return server.port();
	}

	/** A port may have been taken while nobody listened, if only by a connection. */
	private ThriftMuxServer listen(Side side, int port, Door door) {
		ThriftMuxServer server = ThriftMuxServer.builder()
			.port(port)
			.protocol(side.protocol())
			.eventLoops(this.loop)
			.service(Pricing.class, door)
			.build();
		try {
			return server.listen();
		}
		catch (IllegalStateException ex) {
			if (port == 0) {
				throw ex;
			}
			return listen(side, 0, door);
		}
	}

	void freeze() {
		thaw();
		CountDownLatch until = new CountDownLatch(1);
		this.held = until;
		this.loop.executor().execute(() -> {
			try {
				until.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	void thaw() {
		this.held.countDown();
	}

	/** As by kill -9: nobody is told, the system closes the sockets. */
	void kill() {
		end();
		NOTICED.execute(this::withdraw);
	}

	/** As a good server goes. */
	void drain() {
		thaw();
		withdraw().thenRunAsync(
				() -> CompletableFuture
					.allOf(this.servers.stream()
						.map((server) -> server.close(GRACE).toCompletableFuture())
						.toArray(CompletableFuture[]::new))
					.thenRun(() -> this.loop.close(Duration.ZERO)),
				HEARD);
	}

	/** The demo ends. */
	void close() {
		CompletableFuture<Void> gone = withdraw().completeOnTimeout(null, 2, TimeUnit.SECONDS);
		end();
		gone.join();
	}

	/**
	 * Waits until the sockets are closed: whoever comes back listens there again. With no
	 * quiet period an event loop that was busy would end without closing them.
	 */
	private void end() {
		Future<?> ended = this.loop.group().shutdownGracefully(20, 1000, TimeUnit.MILLISECONDS);
		thaw();
		ended.awaitUninterruptibly();
	}

	private CompletableFuture<Void> withdraw() {
		return CompletableFuture.allOf(this.announcements.stream()
			.map((announced) -> announced.withdraw().toCompletableFuture())
			.toArray(CompletableFuture[]::new));
	}

}
