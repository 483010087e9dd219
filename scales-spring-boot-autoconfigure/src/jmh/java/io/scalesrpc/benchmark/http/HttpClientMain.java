package io.scalesrpc.benchmark.http;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import org.springframework.web.client.RestClient;

/**
 * A {@code RestClient} against one server, in a process of its own so that its processor
 * time is its own: warms up, measures, prints a line. <em>Stateless</em>.
 */
public final class HttpClientMain {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int WARM_UPS = 2;

	private HttpClientMain() {
	}

	/**
	 * Runs the load.
	 * @param args the {@link Transport}; the ports of HTTP/1.1 and HTTP/2; threads; calls
	 */
	public static void main(String[] args) throws InterruptedException {
		Transport transport = Transport.valueOf(args[0]);
		int threads = Integer.parseInt(args[3]);
		int calls = Integer.parseInt(args[4]);
		RestClient client = transport.client(Integer.parseInt(args[1]), Integer.parseInt(args[2]), threads);
		for (int i = 0; i < WARM_UPS; i++) {
			run(client, calls, threads);
		}
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		Done done = run(client, calls, threads);
		long elapsed = System.nanoTime() - start;
		System.out.printf("%-18s %2d threads %8d calls %4d failed %8.0f calls/s %7.2f us cpu/call %6d bytes/call%n",
				transport, threads, calls, done.failed(), calls * 1e9 / elapsed,
				(SYSTEM.getProcessCpuTime() - cpu) / 1e3 / calls, done.bytes() / calls);
		System.exit(0);
	}

	/**
	 * What became of the calls. <em>Immutable</em>.
	 *
	 * @param failed how many failed
	 * @param bytes allocated by the threads that made them
	 */
	private record Done(int failed, long bytes) {
	}

	private static Done run(RestClient client, int calls, int threads) throws InterruptedException {
		AtomicInteger left = new AtomicInteger(calls);
		AtomicInteger failed = new AtomicInteger();
		long before = allocated();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Thread caller = new Thread(() -> call(client, left, failed));
			callers.add(caller);
			caller.start();
		}
		for (Thread caller : callers) {
			caller.join();
		}
		return new Done(failed.get(), allocated() - before);
	}

	private static void call(RestClient client, AtomicInteger left, AtomicInteger failed) {
		while (left.getAndDecrement() > 0) {
			if (!isRight(client)) {
				failed.incrementAndGet();
			}
		}
	}

	private static boolean isRight(RestClient client) {
		try {
			String user = client.get().uri("/users/{id}", 7).retrieve().body(String.class);
			return user != null && user.startsWith("{\"id\":7");
		}
		catch (RuntimeException ex) {
			System.out.println(ex);
			return false;
		}
	}

	private static long allocated() {
		return THREADS.getTotalThreadAllocatedBytes();
	}

}
