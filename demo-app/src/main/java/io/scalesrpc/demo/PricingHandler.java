package io.scalesrpc.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.demo.pricing.UnknownProduct;

/**
 * The pricing service itself. <em>Thread-safe</em>.
 */
final class PricingHandler implements Pricing.Iface {

	private static final Map<String, Long> CENTS = new TreeMap<>(Map.of("anvil", 12_999L, "bathroom-scales", 2_450L,
			"kitchen-scales", 1_795L, "plumb-bob", 899L, "spirit-level", 1_250L, "tape-measure", 599L));

	private final String server;

	private final Duration delay;

	/**
	 * Creates the service of one server.
	 * @param server its name, sent with every price
	 * @param delay how long it takes for an answer
	 */
	PricingHandler(String server, Duration delay) {
		this.server = server;
		this.delay = delay;
	}

	@Override
	public Price price(String sku) throws UnknownProduct {
		think();
		Long cents = CENTS.get(sku);
		if (cents == null) {
			throw new UnknownProduct(sku);
		}
		return new Price(sku, cents, "EUR").setServer(this.server);
	}

	@Override
	public List<String> catalogue() {
		return List.copyOf(CENTS.keySet());
	}

	@Override
	public void viewed(String sku) {
		// A real service would count it.
	}

	/** A client that gave up has the thread interrupted. */
	private void think() {
		try {
			Thread.sleep(this.delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
