package io.scalesrpc.demo;

import io.scalesrpc.demo.pricing.Price;
import org.jspecify.annotations.Nullable;

/**
 * A product in the shop's window. <em>Immutable</em>.
 *
 * @param sku the product
 * @param price its price with the currency, or a stand-in when the pricing service does
 * not answer in time
 * @param server which server answered, if one did
 */
public record Offer(String sku, String price, @Nullable String server) {

	static Offer of(Price price) {
		String amount = "%d.%02d %s".formatted(price.getAmountCents() / 100, price.getAmountCents() % 100,
				price.getCurrency());
		return new Offer(price.getSku(), amount, price.getServer());
	}

	static Offer withoutPrice(String sku) {
		return new Offer(sku, "price not available", null);
	}

}
