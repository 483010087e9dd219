package io.scalesrpc.finagle.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;


/**
 * Calls, so many at a time: each that ends starts the next, as threads that wait for their answers do.
 * <em>Thread-safe</em>.
 */
final class ClosedLoop {

	private final LoadTarget target;

	private final AtomicLong toStart;

	private final long nanos;

	private final BooleanSupplier goesOn;

	private final LoadResult result = new LoadResult();

	private final CountDownLatch loops;

	private ClosedLoop(LoadTarget target, int concurrency, long calls, long nanos, BooleanSupplier goesOn) {
		this.target = target;
		this.toStart = new AtomicLong(calls);
		this.nanos = nanos;
		this.goesOn = goesOn;
		this.loops = new CountDownLatch(concurrency);
	}

	/**
	 * Makes the calls and waits for all of them.
	 * @param target makes a call
	 * @param concurrency how many at a time, 1 or more
	 * @param calls how many at most
	 * @param nanos how long calls are started, in nanoseconds
	 * @param goesOn asked before each call
	 */
	static LoadResult run(LoadTarget target, int concurrency, long calls, long nanos, BooleanSupplier goesOn)
			throws InterruptedException {
		ClosedLoop loop = new ClosedLoop(target, concurrency, calls, nanos, goesOn);
		for (int i = 0; i < concurrency; i++) {
			loop.run();
		}
		loop.loops.await();
		return loop.result;
	}

	private void run() {
		boolean endedAlready = true;
		while (endedAlready) {
			if (!mayStart()) {
				this.loops.countDown();
				return;
			}
			endedAlready = callEndsAtOnce();
		}
	}

	/** Of the call's end and the return of the method that made it, the later one goes on: the stack stays flat. */
	private boolean callEndsAtOnce() {
		AtomicBoolean oneOfTwo = new AtomicBoolean();
		long start = System.nanoTime();
		this.target.call((failure) -> {
			this.result.ended(start, start, failure);
			if (oneOfTwo.getAndSet(true)) {
				run();
			}
		});
		return oneOfTwo.getAndSet(true);
	}


	private boolean mayStart() {
		return this.toStart.getAndDecrement() > 0 && System.nanoTime() - this.result.start() < this.nanos
				&& this.goesOn.getAsBoolean();
	}

}
