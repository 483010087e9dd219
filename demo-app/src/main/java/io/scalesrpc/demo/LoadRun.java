package io.scalesrpc.demo;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A number of calls, so many at a time: each one that ends starts the next.
 * <em>Thread-safe</em>.
 */
public final class LoadRun {

	private final Supplier<CompletableFuture<String>> call;

	private final long[] nanos;

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final Map<String, Integer> byServer = new ConcurrentHashMap<>();

	private final CountDownLatch left;

	/**
	 * Creates a run.
	 * @param call makes a call, which tells the name of the server that answered
	 * @param calls how many to make
	 */
	public LoadRun(Supplier<CompletableFuture<String>> call, int calls) {
		this.call = call;
		this.nanos = new long[calls];
		this.left = new CountDownLatch(calls);
	}

	/**
	 * Makes the calls and waits for all.
	 * @param concurrency how many at a time
	 * @return what became of them
	 */
	public LoadReport report(int concurrency) {
		for (int i = 0; i < concurrency; i++) {
			next();
		}
		try {
			this.left.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Arrays.sort(this.nanos);
		return new LoadReport(this.nanos.length, this.failed.get(), new TreeMap<>(this.byServer), micros(0.50),
				micros(0.90), micros(0.99));
	}

	private void next() {
		int number = this.started.getAndIncrement();
		if (number < this.nanos.length) {
			long start = System.nanoTime();
			this.call.get().whenCompleteAsync((server, failure) -> {
				this.nanos[number] = System.nanoTime() - start;
				ended(server);
			});
		}
	}

	private void ended(@Nullable String server) {
		if (server != null) {
			this.byServer.merge(server, 1, Integer::sum);
		}
		else {
			this.failed.incrementAndGet();
		}
		this.left.countDown();
		next();
	}

	private long micros(double share) {
		int index = (int) Math.min(this.nanos.length - 1L, (long) (share * this.nanos.length));
		return TimeUnit.NANOSECONDS.toMicros(this.nanos[index]);
	}

}
