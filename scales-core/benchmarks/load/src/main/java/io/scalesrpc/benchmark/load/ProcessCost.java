package io.scalesrpc.benchmark.load;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this process has used up since it began: all its threads, the compiler's and the
 * collector's too. <em>Immutable</em>.
 *
 * @param nanos the time
 * @param cpuNanos processor time
 * @param bytes allocated on the heap by all threads, those that have ended included
 */
record ProcessCost(long nanos, long cpuNanos, long bytes) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	static ProcessCost now() {
		return new ProcessCost(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocated());
	}

	ProcessCost minus(ProcessCost earlier) {
		return new ProcessCost(this.nanos - earlier.nanos, this.cpuNanos - earlier.cpuNanos,
				this.bytes - earlier.bytes);
	}

	/** For {@link #of}. */
	String line() {
		return this.nanos + " " + this.cpuNanos + " " + this.bytes;
	}

	static ProcessCost of(String line) {
		String[] words = line.split(" ");
		return new ProcessCost(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
	}

	/** Through JMX, since older releases of 17 do not compile with it. */
	private static long allocated() {
		try {
			return (Long) ManagementFactory.getPlatformMBeanServer()
				.getAttribute(new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
