package io.scalesrpc.simulation;

import java.util.Arrays;

/**
 * The latest latencies of a server, each with the calls that were in flight when it
 * began: from it a probe is told what latency is to be expected (Prequal, NSDI'24,
 * section 4). <em>Confined to the thread that runs the world.</em>
 */
final class RecentLatencies {

	private static final int SIZE = 32;

	private static final int ENOUGH = 3;

	private final long[] nanos = new long[SIZE];

	private final int[] inFlight = new int[SIZE];

	private int added;

	void add(int callsInFlight, long latency) {
		this.nanos[this.added % SIZE] = latency;
		this.inFlight[this.added % SIZE] = callsInFlight;
		this.added++;
	}

	/**
	 * The median at about as many calls in flight. Where there were not as many lately,
	 * what is known is scaled: a server that is idle again must not seem as slow as it
	 * was when it was full. Zero if nothing is known.
	 */
	long near(int callsInFlight) {
		int known = Math.min(SIZE, this.added);
		long[] found = new long[known];
		long[] scaled = new long[known];
		int count = 0;
		for (int i = 0; i < known; i++) {
			scaled[i] = this.nanos[i] * (callsInFlight + 1) / (this.inFlight[i] + 1);
			if (Math.abs(this.inFlight[i] - callsInFlight) <= Math.max(1, callsInFlight / 4)) {
				found[count++] = this.nanos[i];
			}
		}
		return median((count >= ENOUGH) ? Arrays.copyOf(found, count) : scaled);
	}

	private static long median(long[] values) {
		Arrays.sort(values);
		return (values.length > 0) ? values[values.length / 2] : 0;
	}

}
