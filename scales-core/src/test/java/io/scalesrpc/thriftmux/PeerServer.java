package io.scalesrpc.thriftmux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

import io.scalesrpc.call.Context;
import io.scalesrpc.server.ServerCall;
import io.scalesrpc.server.ServerStats;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.FreePorts;

/**
 * Our own server with the peer service. <em>Thread-safe</em>.
 */
public final class PeerServer implements AutoCloseable {

	private final ThriftMuxServer server;

	private final Semaphore sleeps;

	private PeerServer(ThriftMuxServer server, Semaphore sleeps) {
		this.server = server;
		this.sleeps = sleeps;
	}

	/** Starts a server on a free port. */
	public static PeerServer start() {
		return start(ThriftMuxServer.builder().port(FreePorts.next()));
	}

	/** Starts a server. */
	public static PeerServer start(ThriftMuxServerBuilder builder) {
		Semaphore sleeps = new Semaphore(0);
		return new PeerServer(builder.service(PeerService.class, new Handler(sleeps)).build().start(), sleeps);
	}

	/** Where it listens. */
	public int port() {
		return this.server.port();
	}

	/** What it counted. */
	public ServerStats stats() {
		return this.server.stats();
	}

	/** Waits until a handler sleeps; every sleep counts once. */
	public void awaitSleep() {
		this.sleeps.acquireUninterruptibly();
	}

	/** Drains and closes. */
	public void close(Duration grace) {
		this.server.close(grace).toCompletableFuture().join();
	}

	@Override
	public void close() {
		close(Duration.ZERO);
	}

	/** The peer service. <em>Thread-safe</em>. */
	private static final class Handler implements PeerService.Iface {

		private final Semaphore sleeps;

		Handler(Semaphore sleeps) {
			this.sleeps = sleeps;
		}

		@Override
		public void ping() {
			// the answer is all
		}

		@Override
		public String echo(String s) {
			return s;
		}

		@Override
		public ByteBuffer echoBytes(ByteBuffer b) {
			return b;
		}

		@Override
		public int add(int a, int b) {
			return a + b;
		}

		@Override
		public int sleep(int ms) {
			this.sleeps.release();
			try {
				Thread.sleep(ms);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return ms;
		}

		@Override
		public void fail(int code, String message) throws PeerException {
			throw new PeerException(code, message);
		}

		@Override
		public String failUndeclared(String message) {
			throw new IllegalStateException(message);
		}

		@Override
		public void nothing() {
			// the answer is all
		}

		@Override
		public void fire(String s) {
			// nobody waits
		}

		@Override
		public Big big(Big b) {
			return b;
		}

		@Override
		public int whoami() {
			return 0;
		}

		@Override
		public Map<String, String> contexts() {
			Context contexts = ServerCall.current().contexts();
			Map<String, String> texts = new TreeMap<>();
			contexts.forEach((key, value) -> texts.put(key, HexFormat.of().formatHex(value)));
			return texts;
		}

	}

}
