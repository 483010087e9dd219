package io.scalesrpc.finagle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Many calls, so many at a time: each that ends starts the next. <em>Thread-safe</em>.
 *
 * @param <R> what a call answers
 */
final class ManyCalls<R> {

	private final IntFunction<CompletableFuture<R>> call;

	private final int count;

	private final AtomicInteger started = new AtomicInteger();

	private final CountDownLatch left;

	private final ConcurrentLinkedQueue<R> answers = new ConcurrentLinkedQueue<>();

	private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final IntConsumer onStart;

	private ManyCalls(int count, IntFunction<CompletableFuture<R>> call, IntConsumer onStart) {
		this.count = count;
		this.call = call;
		this.onStart = onStart;
		this.left = new CountDownLatch(count);
	}

	/**
	 * Makes the calls and waits for all of them.
	 * @param count how many
	 * @param concurrency how many at a time
	 * @param call makes the call of a number
	 */
	static <R> ManyCalls<R> run(int count, int concurrency, IntFunction<CompletableFuture<R>> call) {
		return run(count, concurrency, call, (number) -> {
		});
	}

	/**
	 * Makes the calls and waits for all of them.
	 * @param onStart told the number of every call before it is made, on the thread that
	 * makes it
	 */
	static <R> ManyCalls<R> run(int count, int concurrency, IntFunction<CompletableFuture<R>> call,
			IntConsumer onStart) {
		ManyCalls<R> calls = new ManyCalls<>(count, call, onStart);
		for (int i = 0; i < concurrency; i++) {
			calls.next();
		}
		try {
			if (!calls.left.await(120, TimeUnit.SECONDS)) {
				throw new AssertionError("calls that never ended: " + calls.left.getCount());
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		return calls;
	}

	private void next() {
		int number = this.started.getAndIncrement();
		if (number < this.count) {
			this.onStart.accept(number);
			this.call.apply(number).whenCompleteAsync((answer, failure) -> {
				if (failure != null) {
					this.failures.add(failure);
				}
				else {
					this.answers.add(answer);
				}
				this.left.countDown();
				next();
			});
		}
	}

	/** What the calls that succeeded answered, in the order in which they ended. */
	List<R> answers() {
		return List.copyOf(this.answers);
	}

	/** Why the others failed. */
	List<Throwable> failures() {
		return List.copyOf(this.failures);
	}

}
