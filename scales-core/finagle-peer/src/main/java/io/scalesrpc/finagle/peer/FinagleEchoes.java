package io.scalesrpc.finagle.peer;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.twitter.util.Try;
import org.apache.thrift.TException;
import scala.runtime.BoxedUnit;

/**
 * Echoes for some seconds, so many at a time, and what they cost this process.
 * <em>Thread-safe</em>.
 */
final class FinagleEchoes {

	private static final String TEXT = "thirty-two bytes to come back...";

	private final FinagleCalls calls;

	private final LongAdder done = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final CountDownLatch left;

	private volatile boolean over;

	private FinagleEchoes(FinagleCalls calls, int concurrency) {
		this.calls = calls;
		this.left = new CountDownLatch(concurrency);
	}

	/**
	 * Runs a load.
	 * @param words seconds, and calls at a time
	 * @return calls, failures, rate a second, and processor time in microseconds and
	 * bytes for a call
	 */
	static String run(FinagleCalls calls, String[] words) throws InterruptedException {
		int concurrency = Integer.parseInt(words[1]);
		FinagleEchoes echoes = new FinagleEchoes(calls, concurrency);
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long bytes = allocatedBytes();
		long cpu = system.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < concurrency; i++) {
			echoes.next();
		}
		Thread.sleep(1000L * Integer.parseInt(words[0]));
		bytes = allocatedBytes() - bytes;
		echoes.over = true;
		echoes.left.await();
		long sum = echoes.done.sum();
		return String.format("calls=%d failed=%d rate=%.0f cpu=%.2f bytes=%.0f", sum, echoes.failed.sum(),
				sum * 1e9 / (System.nanoTime() - start), (system.getProcessCpuTime() - cpu) / 1e3 / sum,
				(double) bytes / sum);
	}

	private void next() {
		try {
			this.calls.echo(TEXT).respond((answer) -> {
				ended(answer);
				return BoxedUnit.UNIT;
			});
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void ended(Try<String> answer) {
		if (answer.isThrow() || !TEXT.equals(answer.get())) {
			this.failed.increment();
		}
		this.done.increment();
		if (this.over) {
			this.left.countDown();
		}
		else {
			next();
		}
	}

	private static long allocatedBytes() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long sum = 0;
		for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return sum;
	}

}
