package io.scalesrpc.benchmark;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Echoes for some seconds, so many at a time: each that ends starts the next. <em>Thread-safe</em>.
 */
final class EchoLoad {

	private static final String TEXT = "thirty-two bytes to come back...";

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final EchoClient client;

	private final LongAdder failed = new LongAdder();

	private final LongAdder done = new LongAdder();

	private final CountDownLatch left;

	private volatile boolean over;

	private EchoLoad(EchoClient client, int concurrency) {
		this.client = client;
		this.left = new CountDownLatch(concurrency);
	}

	/**
	 * Runs a load and measures this process meanwhile.
	 * @param client makes the calls
	 * @param seconds how long
	 * @param concurrency how many at a time
	 * @return what it cost
	 */
	static EchoCost run(EchoClient client, int seconds, int concurrency) throws InterruptedException {
		EchoLoad load = new EchoLoad(client, concurrency);
		long allocated = allocatedBytes();
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < concurrency; i++) {
			load.begin();
		}
		Thread.sleep(1000L * seconds);
		// Before the threads of blocking callers are gone.
		long bytes = allocatedBytes() - allocated;
		load.over = true;
		load.left.await();
		return new EchoCost(load.done.sum(), load.failed.sum(), System.nanoTime() - start,
				SYSTEM.getProcessCpuTime() - cpu, bytes);
	}

	private void begin() {
		if (this.client instanceof BlockingEchoClient blocking) {
			blocking.threads().newThread(() -> callAndWait(blocking)).start();
		}
		else {
			new Caller().next();
		}
	}

	private void callAndWait(BlockingEchoClient blocking) {
		while (!this.over) {
			ended(blocking.echo(TEXT));
		}
		this.left.countDown();
	}

	private void ended(@Nullable String answer) {
		if (!TEXT.equals(answer)) {
			this.failed.increment();
		}
		this.done.increment();
	}

	private static long allocatedBytes() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return sum;
	}

	/** One of those at a time. <em>Confined to one call at a time</em>. */
	private final class Caller implements BiConsumer<@Nullable String, @Nullable Throwable> {

		void next() {
			EchoLoad.this.client.echo(TEXT, this);
		}

		@Override
		public void accept(@Nullable String answer, @Nullable Throwable failure) {
			ended(answer);
			if (EchoLoad.this.over) {
				EchoLoad.this.left.countDown();
			}
			else {
				next();
			}
		}

	}

}
