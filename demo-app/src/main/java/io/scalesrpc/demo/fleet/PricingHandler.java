package io.scalesrpc.demo.fleet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.demo.pricing.UnknownProduct;

/**
 * The pricing service itself. <em>Thread-safe</em>.
 *
 * @param server the name of the server, sent with every price
 */
public record PricingHandler(String server) implements Pricing.Iface {

	private static final Map<String, Long> CENTS = new TreeMap<>(Map.of("anvil", 12_999L, "bathroom-scales", 2_450L,
			"kitchen-scales", 1_795L, "plumb-bob", 899L, "spirit-level", 1_250L, "tape-measure", 599L));

	/** The products there are, in order. */
	public static final List<String> PRODUCTS = List.copyOf(CENTS.keySet());

	@Override
	public Price price(String sku) throws UnknownProduct {
		Long cents = CENTS.get(sku);
		if (cents == null) {
			throw new UnknownProduct(sku);
		}
		return new Price(sku, cents, "EUR").setServer(this.server);
	}

	@Override
	public List<String> catalogue() {
		return PRODUCTS;
	}

	@Override
	public void viewed(String sku) {
		// A real service would count it.
	}

}
