package io.scalesrpc.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * For how long the current thread has worked, waited and been blocked: what a caller is
 * held for by what it calls. Time in which it could run and the machine ran something
 * else does not count, which a clock cannot tell apart. <em>Thread-safe</em>.
 */
public final class HeldTime {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	static {
		THREADS.setThreadContentionMonitoringEnabled(true);
	}

	private HeldTime() {
	}

	/**
	 * Adds up the time so far; the difference of two is what lies between them, to a
	 * millisecond. For platform threads.
	 * @return nanoseconds
	 */
	public static long nanos() {
		ThreadInfo self = THREADS.getThreadInfo(Thread.currentThread().getId());
		return THREADS.getCurrentThreadCpuTime()
				+ TimeUnit.MILLISECONDS.toNanos(self.getBlockedTime() + self.getWaitedTime());
	}

}
