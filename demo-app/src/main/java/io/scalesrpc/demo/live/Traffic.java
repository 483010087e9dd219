package io.scalesrpc.demo.live;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.PricingClient;
import io.scalesrpc.demo.fleet.PricingHandler;
import io.scalesrpc.demo.fleet.Side;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Users who want prices, so many a second whether or not they are served: each call is
 * made by both clients. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class Traffic implements SmartLifecycle {

	/** A second. */
	static final int MOST = 1000;

	private static final long TICK_MILLIS = 10;

	private final Lane scales;

	private final Lane naive;

	private volatile int rate;

	private volatile @Nullable ScheduledExecutorService clock;

	/** Calls that are due, those that are not whole included. */
	private double due;

	Traffic(PricingClient scales, NaiveClient naive, LiveProperties properties) {
		this.scales = new Lane(scales::price);
		this.naive = new Lane(naive);
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
		return switch (side) {
			case SCALES -> this.scales.tally();
			case NAIVE -> this.naive.tally();
		};
	}

	private void tick() {
		this.due += this.rate * TICK_MILLIS / 1000.0;
		for (; this.due >= 1; this.due--) {
			List<String> products = PricingHandler.PRODUCTS;
			String sku = products.get(ThreadLocalRandom.current().nextInt(products.size()));
			this.scales.send(sku);
			this.naive.send(sku);
		}
	}

	@Override
	public void start() {
		this.scales.open();
		this.naive.open();
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
		this.scales.close();
		this.naive.close();
	}

	@Override
	public boolean isRunning() {
		return this.clock != null;
	}

}
