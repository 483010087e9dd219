package io.scalesrpc.benchmark;

/**
 * What a load cost the process of the client. <em>Immutable</em>.
 *
 * @param calls how many calls were made
 * @param failed how many of them failed
 * @param elapsedNanos how long all took
 * @param cpuNanos processor time of the process
 * @param allocatedBytes bytes allocated on its heap
 */
record EchoCost(long calls, long failed, long elapsedNanos, long cpuNanos, long allocatedBytes) {

	/** {@code calls=... failed=... rate=... cpu=... bytes=...}: rate a second, the others a call, cpu in microseconds. */
	String line() {
		return String.format("calls=%d failed=%d rate=%.0f cpu=%.2f bytes=%.0f", this.calls, this.failed,
				this.calls * 1e9 / this.elapsedNanos, this.cpuNanos / 1e3 / this.calls,
				(double) this.allocatedBytes / this.calls);
	}

}
