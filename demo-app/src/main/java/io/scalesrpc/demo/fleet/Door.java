package io.scalesrpc.demo.fleet;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;

/**
 * What one client meets in one server: counts requests, and does with them what the
 * server does now. <em>Thread-safe</em>.
 *
 * @param service does the work
 * @param manner what the server does
 * @param requests those that came in
 */
record Door(PricingHandler service, Supplier<Manner> manner, LongAdder requests) implements Pricing.Iface {

	private static final int SLOW_MILLIS = 200;

	private static final int STALL_MILLIS = 400;

	private static final int STALLS_ONE_IN = 5;

	@Override
	public Price price(String sku) throws TException {
		this.requests.increment();
		think(millis());
		if (this.manner.get() == Manner.FAILING) {
			throw new TApplicationException(TApplicationException.INTERNAL_ERROR, "no database");
		}
		return this.service.price(sku);
	}

	private int millis() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return switch (this.manner.get()) {
			case SLOW -> SLOW_MILLIS;
			case STALLING -> (random.nextInt(STALLS_ONE_IN) == 0) ? STALL_MILLIS : random.nextInt(1, 4);
			default -> random.nextInt(1, 4);
		};
	}

	/** A client that gave up has the thread interrupted, where the protocol tells. */
	private static void think(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public List<String> catalogue() {
		return this.service.catalogue();
	}

	@Override
	public void viewed(String sku) {
		this.service.viewed(sku);
	}

}
