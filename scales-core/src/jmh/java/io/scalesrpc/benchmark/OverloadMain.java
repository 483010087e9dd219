package io.scalesrpc.benchmark;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thriftmux.PeerServer;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.layered.TFramedTransport;

/**
 * Offers a pool of four connections 200 000 asynchronous calls a second and measures how
 * long a call of the API keeps its caller and for how long the event loop, which is one,
 * is away: so late is another client's echo on it. What a parked thread is late by tells
 * how much of that is the machine's. <em>Confined to the main thread.</em>
 */
public final class OverloadMain {

	private static final int THREADS = 4;

	private static final int CALLS_PER_SECOND = 200_000;

	private static final long SECONDS = 4;

	private OverloadMain() {
	}

	/**
	 * Runs it twice, to warm up, and prints the second run.
	 * @param args none
	 */
	public static void main(String[] args) throws Exception {
		TServerSocket socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		TServer plain = serve(socket);
		try (PeerServer server = PeerServer.start(ThriftMuxServer.builder().port(0).executor(Runnable::run));
				ClientResources resources = ClientResources.create(1);
				ClientHandle<AsyncEcho> flooded = client("thrift", socket.getServerSocket().getLocalPort(), resources);
				ClientHandle<AsyncEcho> other = client("thriftmux", server.port(), resources)) {
			for (int run = 0; run < 2; run++) {
				System.out.println(run(flooded.proxy(), other.proxy()));
			}
		}
		finally {
			plain.stop();
		}
	}

	/** A server of libthrift, whose only method is echo. */
	private static TServer serve(TServerSocket socket) {
		PeerService.Iface echo = (PeerService.Iface) Proxy.newProxyInstance(PeerService.class.getClassLoader(),
				new Class<?>[] { PeerService.Iface.class }, (proxy, method, arguments) -> arguments[0]);
		TServer server = new TThreadPoolServer(
				new TThreadPoolServer.Args(socket).processor(new PeerService.Processor<>(echo))
					.transportFactory(new TFramedTransport.Factory()));
		Thread thread = new Thread(server::serve, "libthrift-server");
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	private static ClientHandle<AsyncEcho> client(String protocol, int port, ClientResources resources) {
		ClientBuilder<AsyncEcho> builder = ScalesClients.builder(AsyncEcho.class)
			.service(PeerService.class)
			.name(protocol)
			.protocol(protocol)
			.uri("tcp://127.0.0.1:" + port)
			.timeout(Duration.ofSeconds(2))
			.pool(new PoolSettings(1, 4, 1024, Duration.ofMinutes(1), Duration.ZERO))
			.callbacks(Callbacks.EVENT_LOOP)
			.resources(resources);
		return protocol.equals("thrift") ? builder.option("transport", "framed").build() : builder.build();
	}

	private static String run(AsyncEcho flooded, AsyncEcho other) throws InterruptedException {
		AtomicLong calls = new AtomicLong();
		AtomicLong longestCall = new AtomicLong();
		AtomicLong longestEcho = new AtomicLong();
		AtomicLong hiccup = new AtomicLong();
		long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			threads.add(new Thread(() -> flood(flooded, end, calls, longestCall)));
		}
		threads.add(new Thread(() -> measure(end, longestEcho, () -> other.echo("x").exceptionally((ex) -> null).join())));
		threads.add(new Thread(() -> measure(end, hiccup, () -> LockSupport.parkNanos(1_000_000))));
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		return "%,d calls offered a second; the longest of them %d ms, echo beside them %d ms, a parked thread %d ms"
			.formatted(calls.get() / SECONDS, millis(longestCall), millis(longestEcho), millis(hiccup));
	}

	private static void flood(AsyncEcho flooded, long end, AtomicLong calls, AtomicLong longest) {
		int batch = CALLS_PER_SECOND / THREADS / 1000;
		for (long due = System.nanoTime(); System.nanoTime() < end; due += 1_000_000) {
			for (int i = 0; i < batch; i++) {
				long start = System.nanoTime();
				CompletableFuture<String> future = flooded.echo("x");
				longest.accumulateAndGet(System.nanoTime() - start, Math::max);
				future.exceptionally((ex) -> null);
			}
			calls.addAndGet(batch);
			LockSupport.parkNanos(due + 1_000_000 - System.nanoTime());
		}
	}

	private static void measure(long end, AtomicLong longest, Runnable step) {
		while (System.nanoTime() < end) {
			long start = System.nanoTime();
			step.run();
			longest.accumulateAndGet(System.nanoTime() - start, Math::max);
			LockSupport.parkNanos(1_000_000);
		}
	}

	private static long millis(AtomicLong nanos) {
		return Duration.ofNanos(nanos.get()).toMillis();
	}

}
