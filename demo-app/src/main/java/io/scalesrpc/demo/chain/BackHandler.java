package io.scalesrpc.demo.chain;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The third hop: works for two seconds in steps of a millisecond, unless somebody stops
 * it. <em>Thread-safe</em>.
 *
 * @param sightings notes when it works
 * @param views told of views
 */
record BackHandler(Sightings sightings, ViewEvents views) implements Pricing.Iface {

	private static final Logger logger = LoggerFactory.getLogger(BackHandler.class);

	private static final long WORK_NANOS = Duration.ofSeconds(2).toNanos();

	@Override
	public Price price(String sku) {
		long start = System.nanoTime();
		try {
			while (System.nanoTime() - start < WORK_NANOS) {
				this.sightings.atWork(Hop.BACK, sku);
				Thread.sleep(1);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return new Price(sku, 1, "EUR").setServer("back");
	}

	@Override
	public List<String> catalogue() {
		return List.of();
	}

	@Override
	public void viewed(String sku) {
		logger.info("a view of {}: a record for whoever counts", sku);
		this.views.viewed(sku);
	}

}
