package io.scalesrpc.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.thrift.ThriftEncoding;
import org.jspecify.annotations.Nullable;

/**
 * A real server on a free port of this machine that does with each request what a test
 * says: answer, delay, say nothing, hang up, refuse, answer late, send garbage.
 * <pre class="code">
 * try (ScriptedServer server = ScriptedServer.thriftMux(Calculator.class, handler)) {
 *     server.next(Act.DROP, Act.NACK);     // the next two requests; then it answers
 *     ... tcp://localhost:port is server.uri()
 * }
 * </pre> <em>Thread-safe</em>.
 */
public final class ScriptedServer implements AutoCloseable {

	private final Queue<Act> acts = new ConcurrentLinkedQueue<>();

	private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger connections = new AtomicInteger();

	private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "scripted-server-timer");
		thread.setDaemon(true);
		return thread;
	});

	private final Wire wire;

	private final int target;

	private final Runnable closeTarget;

	private final ServerSocket listener;

	private volatile Act otherwise = Act.ANSWER;

	private volatile boolean closed;

	private ScriptedServer(Wire wire, int target, Runnable closeTarget) {
		this.wire = wire;
		this.target = target;
		this.closeTarget = closeTarget;
		try {
			this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::accept, "scripted-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * A server of ThriftMux.
	 * @param service the generated class of the service
	 * @param handler implements its {@code Iface}
	 * @return the server, to be closed by the caller
	 */
	public static ScriptedServer thriftMux(Class<?> service, Object handler) {
		return of(ServerProtocol.THRIFTMUX, ThriftEncoding.BINARY, service, handler);
	}

	/**
	 * A server of framed Thrift.
	 * @param service the generated class of the service
	 * @param handler implements its {@code Iface}
	 * @return the server, to be closed by the caller
	 */
	public static ScriptedServer thrift(Class<?> service, Object handler) {
		return of(ServerProtocol.THRIFT, ThriftEncoding.BINARY, service, handler);
	}

	static ScriptedServer of(ServerProtocol protocol, ThriftEncoding encoding, Class<?> service, Object handler) {
		ThriftMuxServer server = ThriftMuxServer.builder()
			.protocol(protocol)
			.encoding(encoding)
			.service(service, handler)
			.build()
			.start();
		return new ScriptedServer((protocol == ServerProtocol.THRIFT) ? Wire.THRIFT : Wire.THRIFTMUX, server.port(),
				() -> server.close(java.time.Duration.ZERO).toCompletableFuture().join());
	}

	/**
	 * A server of HTTP/1.1.
	 * @param handler answers every request, with a length or in chunks
	 * @return the server, to be closed by the caller
	 */
	public static ScriptedServer http(HttpHandler handler) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", handler);
			java.util.concurrent.ExecutorService threads = Executors.newCachedThreadPool();
			server.setExecutor(threads);
			server.start();
			return new ScriptedServer(Wire.HTTP, server.getAddress().getPort(), () -> {
				server.stop(0);
				threads.shutdownNow();
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Says what becomes of the next requests, of whatever connection.
	 * @param next one after the other
	 * @throws IllegalArgumentException if the protocol has no such answer
	 */
	public void next(Act... next) {
		for (Act act : next) {
			requirePossible(act);
		}
		this.acts.addAll(List.of(next));
	}

	/**
	 * Says what becomes of all requests after those of {@link #next}.
	 * @param act the act; {@link Act#ANSWER} without it
	 * @throws IllegalArgumentException if the protocol has no such answer
	 */
	public void always(Act act) {
		requirePossible(act);
		this.otherwise = act;
	}

	private void requirePossible(Act act) {
		boolean refuses = act.kind() == Act.Kind.NACK || act.kind() == Act.Kind.ERROR;
		if (refuses && this.wire == Wire.THRIFT) {
			throw new IllegalArgumentException("act: " + act + " (expected: one that plain Thrift can say)");
		}
	}

	/** Forgets the script and what was counted; it answers again. */
	public void reset() {
		this.acts.clear();
		this.otherwise = Act.ANSWER;
		this.requests.set(0);
	}

	/**
	 * How many requests came.
	 * @return a count, since the start or {@link #reset()}
	 */
	public int requests() {
		return this.requests.get();
	}

	/**
	 * How many connections were accepted.
	 * @return a count since the start
	 */
	public int connections() {
		return this.connections.get();
	}

	/**
	 * Where it listens.
	 * @return a port of the loopback address
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Where it listens.
	 * @return a value of {@code scales.clients.<name>.uri}
	 */
	public String uri() {
		return "tcp://localhost:" + port();
	}

	private void accept() {
		while (!this.closed) {
			try {
				Socket client = this.listener.accept();
				this.connections.incrementAndGet();
				Relay relay = new Relay(this, client, new Socket(InetAddress.getLoopbackAddress(), this.target));
				this.relays.add(relay);
				relay.start();
			}
			catch (IOException ex) {
				// Closed, or a client that is gone already.
			}
		}
	}

	Wire wire() {
		return this.wire;
	}

	ScheduledExecutorService later() {
		return this.later;
	}

	/** What becomes of a request that came. */
	Act act() {
		this.requests.incrementAndGet();
		@Nullable Act next = this.acts.poll();
		return (next != null) ? next : this.otherwise;
	}

	void ended(Relay relay) {
		this.relays.remove(relay);
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.relays.forEach(Relay::close);
			this.later.shutdownNow();
			this.closeTarget.run();
		}
	}

	@Override
	public String toString() {
		return "ScriptedServer " + this.wire + " " + uri();
	}

}
