package io.scalesrpc.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import io.scalesrpc.test.peer.PeerService;

/**
 * A server of {@link PeerHandler} for one test. <em>Thread-safe</em>.
 */
public final class PeerServer implements AutoCloseable {

	public final PeerHandler handler = new PeerHandler();

	public final ThriftMuxServer server;

	public PeerServer(UnaryOperator<ThriftMuxServerBuilder> settings) {
		this.server = settings.apply(ThriftMuxServer.builder().service(PeerService.class, this.handler))
			.build()
			.start();
	}

	public PeerServer() {
		this((builder) -> builder);
	}

	public MuxProbe connect() {
		return MuxProbe.connect(this.server);
	}

	public MuxProbe negotiated() {
		return MuxProbe.negotiated(this.server);
	}

	public ServerStats stats() {
		return this.server.stats();
	}

	/** Waits until something holds that another thread brings about. */
	public static void await(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(10)) {
				throw new AssertionError(what + ": not within 10 s");
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	/** Lets time pass, for tests of what must not happen meanwhile. */
	public static void pause(Duration duration) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < duration.toNanos()) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	@Override
	public void close() {
		this.handler.letGo.countDown();
		this.server.close(Duration.ofSeconds(5)).toCompletableFuture().join();
	}

}
