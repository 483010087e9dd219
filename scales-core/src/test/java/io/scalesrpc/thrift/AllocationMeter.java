package io.scalesrpc.thrift;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * Counts the bytes that this thread allocates. <em>Confined to the thread</em> that
 * started it.
 *
 * @param before the count at the start
 */
public record AllocationMeter(long before) {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	public static AllocationMeter start() {
		return new AllocationMeter(threads.getCurrentThreadAllocatedBytes());
	}

	public long bytes() {
		return threads.getCurrentThreadAllocatedBytes() - this.before;
	}

}
