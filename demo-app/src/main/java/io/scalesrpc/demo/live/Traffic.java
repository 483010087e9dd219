package io.scalesrpc.demo.live;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.demo.PricingClient;
import io.scalesrpc.demo.fleet.PricingHandler;
import io.scalesrpc.demo.fleet.Side;
import io.scalesrpc.demo.pricing.Price;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Users who want prices, so many a second whether or not they are served: each call is
 * made by both clients, of each by one of 64 threads, as many as a web server might have.
 * <em>Thread-safe</em>.
 */
@Component
final class Traffic implements SmartLifecycle {

	/** A second. */
	static final int MOST = 1000;

	private static final int THREADS = 64;

	private static final int WAITING = 256;

	private static final long TICK_MILLIS = 10;

	private final Map<Side, Caller> clients = new EnumMap<>(Side.class);

	private final Map<Side, Tally> tallies = new EnumMap<>(Side.class);

	private final Map<Side, ThreadPoolExecutor> threads = new EnumMap<>(Side.class);

	private volatile int rate;

	private volatile @Nullable ScheduledExecutorService clock;

	/** Calls that are due, those that are not whole included. */
	private double due;

	Traffic(PricingClient scales, NaiveClient naive, LiveProperties properties) {
		this.clients.put(Side.SCALES, scales::price);
		this.clients.put(Side.NAIVE, naive);
		for (Side side : Side.values()) {
			this.tallies.put(side, new Tally());
		}
		rate(properties.rate());
	}

	/**
	 * Sets how many calls are made a second.
	 * @param perSecond from 0 to {@link #MOST}
	 */
	void rate(int perSecond) {
		this.rate = Math.max(0, Math.min(perSecond, MOST));
	}

	int rate() {
		return this.rate;
	}

	Tally tally(Side side) {
		return this.tallies.get(side);
	}

	private void tick() {
		this.due += this.rate * TICK_MILLIS / 1000.0;
		for (; this.due >= 1; this.due--) {
			List<String> products = PricingHandler.PRODUCTS;
			String sku = products.get(ThreadLocalRandom.current().nextInt(products.size()));
			for (Side side : Side.values()) {
				send(side, sku);
			}
		}
	}

	private void send(Side side, String sku) {
		long wanted = System.nanoTime();
		try {
			this.threads.get(side).execute(() -> call(side, sku, wanted));
		}
		catch (RejectedExecutionException ex) {
			this.tallies.get(side).failed(Tally.NO_THREAD);
		}
	}

	private void call(Side side, String sku, long wanted) {
		Tally tally = this.tallies.get(side);
		try {
			Price price = this.clients.get(side).price(sku);
			if (!sku.equals(price.getSku())) {
				tally.wrong();
			}
		}
		catch (Exception ex) {
			tally.failed(Kinds.of(ex));
		}
		tally.ended(System.nanoTime() - wanted);
	}

	@Override
	public void start() {
		for (Side side : Side.values()) {
			this.threads.put(side,
					new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING)));
		}
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor();
		started.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
		this.clock = started;
	}

	@Override
	public void stop() {
		ScheduledExecutorService started = this.clock;
		if (started != null) {
			started.shutdownNow();
		}
		this.clock = null;
		this.threads.values().forEach(ThreadPoolExecutor::shutdownNow);
	}

	@Override
	public boolean isRunning() {
		return this.clock != null;
	}

}
