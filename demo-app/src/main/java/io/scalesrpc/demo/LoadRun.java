package io.scalesrpc.demo;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.demo.pricing.Price;
import org.jspecify.annotations.Nullable;

/**
 * A number of calls, so many at a time: each one that ends starts the next.
 * <em>Thread-safe</em>.
 */
final class LoadRun {

	private final AsyncPricingClient pricing;

	private final long[] nanos;

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final Map<String, Integer> byServer = new ConcurrentHashMap<>();

	private final CountDownLatch left;

	LoadRun(AsyncPricingClient pricing, int calls) {
		this.pricing = pricing;
		this.nanos = new long[calls];
		this.left = new CountDownLatch(calls);
	}

	LoadReport report(int concurrency) {
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
			this.pricing.price("anvil").whenCompleteAsync((price, failure) -> {
				this.nanos[number] = System.nanoTime() - start;
				ended(price);
			});
		}
	}

	private void ended(@Nullable Price price) {
		if (price != null) {
			this.byServer.merge(price.getServer(), 1, Integer::sum);
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
