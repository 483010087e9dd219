package io.scalesrpc.finagle.peer;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.OperatingSystemMXBean;
import com.twitter.util.Try;
import org.apache.thrift.TException;
import scala.runtime.BoxedUnit;

/**
 * Many echoes, so many at a time: each that ends starts the next. <em>Thread-safe</em>.
 */
final class Load {

	private final FinagleCalls calls;

	private final int count;

	private final AtomicInteger toStart;

	private final AtomicInteger succeeded = new AtomicInteger();

	private final Map<String, Integer> failed = new ConcurrentSkipListMap<>();

	private final CountDownLatch left;

	private Load(FinagleCalls calls, int count) {
		this.calls = calls;
		this.count = count;
		this.toStart = new AtomicInteger(count);
		this.left = new CountDownLatch(count);
	}

	/**
	 * Makes the calls and waits for all of them.
	 * @param calls makes a call
	 * @param count how many
	 * @param concurrency how many at a time
	 * @return JSON of {@code ok}, {@code failed} by the class of the failure, {@code elapsedMillis}, {@code callsPerSecond}
	 * and {@code cpuNanosPerCall}, which is that of the whole JVM
	 */
	static String run(FinagleCalls calls, int count, int concurrency) throws InterruptedException {
		Load load = new Load(calls, count);
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long cpu = system.getProcessCpuTime();
		long start = System.nanoTime();
		for (int i = 0; i < concurrency; i++) {
			load.next();
		}
		load.left.await();
		return load.result(System.nanoTime() - start, system.getProcessCpuTime() - cpu);
	}

	private String result(long elapsedNanos, long cpuNanos) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("ok", this.succeeded.get());
		result.put("failed", this.failed);
		result.put("elapsedMillis", elapsedNanos / 1_000_000);
		result.put("callsPerSecond", Math.round(this.count * 1e9 / elapsedNanos));
		result.put("cpuNanosPerCall", cpuNanos / this.count);
		return Json.of(result);
	}

	private void next() {
		int number = this.toStart.getAndDecrement();
		if (number <= 0) {
			return;
		}
		String text = "sixteen bytes..." + ((number % 2 == 0) ? "" : "!");
		try {
			this.calls.echo(text).respond((answer) -> {
				count(text, answer);
				this.left.countDown();
				next();
				return BoxedUnit.UNIT;
			});
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void count(String text, Try<String> answer) {
		if (answer.isThrow()) {
			this.failed.merge(answer.throwable().getClass().getSimpleName(), 1, Integer::sum);
		}
		else if (text.equals(answer.apply())) {
			this.succeeded.incrementAndGet();
		}
		else {
			this.failed.merge("the answer of another call", 1, Integer::sum);
		}
	}

}
