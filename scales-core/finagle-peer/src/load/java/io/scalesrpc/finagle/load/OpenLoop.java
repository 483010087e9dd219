package io.scalesrpc.finagle.load;

import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls at random times (a Poisson process), whether earlier ones have ended or not: many independent callers. One thread
 * sends, and a call's latency begins when it was to be sent, so that a load that is late itself does not look good.
 * <em>Confined to the thread that runs it</em>.
 */
final class OpenLoop {

	private final LoadTarget target;

	private final LoadResult result = new LoadResult();

	private final Semaphore ended = new Semaphore(0);

	private OpenLoop(LoadTarget target) {
		this.target = target;
	}

	/**
	 * Makes the calls and waits for all of them.
	 * @param target makes a call
	 * @param callsPerSecond on average, above 0
	 * @param nanos how long calls are started, in nanoseconds
	 * @param seed of the times
	 * @param goesOn asked before each call
	 */
	static LoadResult run(LoadTarget target, double callsPerSecond, long nanos, long seed, BooleanSupplier goesOn)
			throws InterruptedException {
		OpenLoop loop = new OpenLoop(target);
		SplittableRandom random = new SplittableRandom(seed);
		int sent = 0;
		double offset = gap(random, callsPerSecond);
		while (offset < nanos && goesOn.getAsBoolean()) {
			loop.send(loop.result.start() + (long) offset);
			sent++;
			offset += gap(random, callsPerSecond);
		}
		loop.ended.acquire(sent);
		return loop.result;
	}

	private static double gap(SplittableRandom random, double callsPerSecond) {
		return -Math.log(1 - random.nextDouble()) * 1e9 / callsPerSecond;
	}

	private void send(long due) {
		for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
		long sent = this.result.sent(due);
		this.target.call((failure) -> {
			this.result.ended(due, sent, failure);
			this.ended.release();
		});
	}

}
