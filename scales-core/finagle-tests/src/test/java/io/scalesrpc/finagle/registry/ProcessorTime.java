package io.scalesrpc.finagle.registry;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The processor time of this JVM since it was taken. <em>Immutable</em>.
 *
 * @param cpu processor time then, in nanoseconds
 * @param time when that was, in nanoseconds
 */
record ProcessorTime(long cpu, long time) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	static ProcessorTime now() {
		return new ProcessorTime(SYSTEM.getProcessCpuTime(), System.nanoTime());
	}

	/** Of one processor, percent. */
	double percent() {
		ProcessorTime now = now();
		return 100.0 * (now.cpu - this.cpu) / (now.time - this.time);
	}

}
