package io.scalesrpc.finagle.peer;

import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import com.twitter.util.Future;
import com.twitter.util.Promise;
import com.twitter.util.Return;
import com.twitter.util.Throw;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Answers that come later unless Finagle interrupts them, which it does when the client
 * discards the call. <em>Thread-safe</em>.
 */
final class DelayedAnswers {

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final LongAdder interrupts = new LongAdder();

	private final Semaphore arrived = new Semaphore(0);

	/** Waits for a call whose answer is delayed, once for each of them. */
	void await() throws InterruptedException {
		this.arrived.acquire();
	}

	/** How many answers were interrupted. */
	long interrupts() {
		return this.interrupts.sum();
	}

	/**
	 * Gives an answer later.
	 * @param answer the answer
	 * @param millis when, in milliseconds from now
	 */
	Future<byte[]> later(byte[] answer, long millis) {
		Promise<byte[]> promise = new Promise<>();
		ScheduledFuture<?> timeout = this.timer.schedule(() -> promise.updateIfEmpty(new Return<>(answer)), millis,
				TimeUnit.MILLISECONDS);
		promise.setInterruptHandler(new AbstractPartialFunction<Throwable, BoxedUnit>() {

			@Override
			public boolean isDefinedAt(Throwable cause) {
				return true;
			}

			@Override
			public BoxedUnit apply(Throwable cause) {
				timeout.cancel(false);
				if (promise.updateIfEmpty(new Throw<>(cause))) {
					DelayedAnswers.this.interrupts.increment();
				}
				return BoxedUnit.UNIT;
			}

		});
		this.arrived.release();
		return promise;
	}

	/**
	 * A range that delays are drawn from, the same ones for the same seed. <em>Guarded by
	 * this</em>.
	 */
	static final class Range {

		private final int minMillis;

		private final int maxMillis;

		private final int percent;

		private final SplittableRandom random;

		/**
		 * Makes a range.
		 * @param minMillis the least, in milliseconds
		 * @param maxMillis the most, in milliseconds
		 * @param percent how many of a hundred answers are delayed
		 * @param seed of the random numbers
		 */
		Range(int minMillis, int maxMillis, int percent, long seed) {
			this.minMillis = minMillis;
			this.maxMillis = maxMillis;
			this.percent = percent;
			this.random = new SplittableRandom(seed);
		}

		/** A delay in milliseconds, or -1 for an answer that is not delayed. */
		synchronized int draw() {
			return (this.percent < 100 && this.random.nextInt(100) >= this.percent) ? -1
					: this.random.nextInt(this.minMillis, this.maxMillis + 1);
		}

	}

}
