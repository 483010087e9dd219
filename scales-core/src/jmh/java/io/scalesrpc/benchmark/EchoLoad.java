package io.scalesrpc.benchmark;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Many echoes, so many at a time: each that ends starts the next. <em>Thread-safe</em>.
 */
final class EchoLoad {

	private static final String TEXT = "sixteen bytes...";

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final EchoClient client;

	private final AtomicInteger toStart;

	private final AtomicInteger failed = new AtomicInteger();

	private final CountDownLatch left;

	private EchoLoad(EchoClient client, int calls) {
		this.client = client;
		this.toStart = new AtomicInteger(calls);
		this.left = new CountDownLatch(calls);
	}

	/**
	 * Runs a load and measures this process meanwhile.
	 * @param client makes the calls
	 * @param calls how many
	 * @param concurrency how many at a time
	 * @return what it cost
	 */
	static EchoCost run(EchoClient client, int calls, int concurrency) throws InterruptedException {
		EchoLoad load = new EchoLoad(client, calls);
		long allocated = allocatedBytes();
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < concurrency; i++) {
			load.next();
		}
		load.left.await();
		long elapsed = System.nanoTime() - start;
		return new EchoCost(calls, load.failed.get(), elapsed, SYSTEM.getProcessCpuTime() - cpu,
				allocatedBytes() - allocated);
	}

	private void next() {
		if (this.toStart.getAndDecrement() > 0) {
			this.client.echo(TEXT, this::ended);
		}
	}

	private void ended(@Nullable String answer, @Nullable Throwable failure) {
		if (!TEXT.equals(answer)) {
			this.failed.incrementAndGet();
		}
		this.left.countDown();
		next();
	}

	/** Threads that have ended are not counted: none does during a run. */
	private static long allocatedBytes() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return sum;
	}

}
