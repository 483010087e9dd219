package io.scalesrpc.demo.scaled;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.scalesrpc.demo.Offer;
import io.scalesrpc.demo.ShopClient;
import io.scalesrpc.demo.fleet.PricingHandler;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientResponseException;

/**
 * Those who look at a price, so many a second whether or not shops answer, from the
 * moment they are let in. <em>Thread-safe</em>.
 */
@RestController
@Profile("visitors")
class Visitors implements DisposableBean {

	private static final int THREADS = 64;

	private static final int WAITING = 1000;

	private static final long TICK_MILLIS = 10;

	private static final long UNTIL_ALL_NANOS = TimeUnit.SECONDS.toNanos(20);

	private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(1);

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(WAITING));

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final Recorder micros = new Recorder(MOST_MICROS, 2);

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> byServer = new ConcurrentHashMap<>();

	private final ShopClient shops;

	private final int rate;

	private volatile long opened;

	/** Visits that are due, those that are not whole included; the clock's. */
	private double due;

	Visitors(ShopClient shops, VisitorsProperties properties) {
		this.shops = shops;
		this.rate = properties.rate();
	}

	/** Lets them in, one by one: all are there after 20 seconds. */
	@PostMapping("/api/visitors")
	void come() {
		this.opened = System.nanoTime();
		this.clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void tick() {
		double share = Math.min(1, (double) (System.nanoTime() - this.opened) / UNTIL_ALL_NANOS);
		this.due += this.rate * share * TICK_MILLIS / 1000.0;
		for (; this.due >= 1; this.due--) {
			send();
		}
	}

	/** What came of their visits since this was asked last, in words. */
	@GetMapping(path = "/api/visits", produces = MediaType.TEXT_PLAIN_VALUE)
	String visits() {
		Histogram ended = this.micros.getIntervalHistogram();
		Map<String, Long> failed = taken(this.failures);
		long failures = failed.values().stream().mapToLong(Long::longValue).sum();
		double p50 = ended.getValueAtPercentile(50) / 1000.0;
		double p99 = ended.getValueAtPercentile(99) / 1000.0;
		String text = "%d visits, %d failed %s, p50 %.1f ms, p99 %.1f ms, prices by server %s%n";
		return text.formatted(ended.getTotalCount(), failures, failed, p50, p99, taken(this.byServer));
	}

	private static Map<String, Long> taken(Map<String, LongAdder> counts) {
		Map<String, Long> taken = new TreeMap<>();
		counts.forEach((name, count) -> {
			long number = count.sumThenReset();
			if (number > 0) {
				taken.put(name, number);
			}
		});
		return taken;
	}

	private void send() {
		List<String> products = PricingHandler.PRODUCTS;
		String sku = products.get(ThreadLocalRandom.current().nextInt(products.size()));
		long wanted = System.nanoTime();
		try {
			this.threads.execute(() -> visit(sku, wanted));
		}
		catch (RejectedExecutionException ex) {
			count(this.failures, "no thread");
		}
	}

	private void visit(String sku, long wanted) {
		try {
			Offer offer = this.shops.offer(sku);
			if (!sku.equals(offer.sku())) {
				throw new IllegalStateException("the price of " + offer.sku());
			}
			count(this.byServer, String.valueOf(offer.server()));
		}
		catch (RestClientResponseException ex) {
			count(this.failures, "status " + ex.getStatusCode().value());
		}
		catch (RuntimeException ex) {
			count(this.failures, ex.getClass().getSimpleName());
		}
		long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - wanted);
		this.micros.recordValue(Math.min(MOST_MICROS, micros));
	}

	private static void count(Map<String, LongAdder> counts, String name) {
		counts.computeIfAbsent(name, (none) -> new LongAdder()).increment();
	}

	@Override
	public void destroy() {
		this.clock.shutdownNow();
		this.threads.shutdownNow();
	}

}
