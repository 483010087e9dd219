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
record EchoCost(int calls, int failed, long elapsedNanos, long cpuNanos, long allocatedBytes) {

	String line(String name) {
		return String.format("%-28s %8d calls %4d failed %9.0f calls/s %8.2f us cpu/call %7.0f bytes/call", name,
				this.calls, this.failed, this.calls * 1e9 / this.elapsedNanos, cpuMicros(),
				(double) this.allocatedBytes / this.calls);
	}

	double cpuMicros() {
		return this.cpuNanos / 1e3 / this.calls;
	}

}
