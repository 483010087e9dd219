package io.scalesrpc.demo.scaled;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.scalesrpc.demo.fleet.PricingHandler;
import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.demo.pricing.UnknownProduct;
import io.scalesrpc.spring.server.ScalesService;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;

/**
 * The pricing service of a process that does nothing else. A price takes 1 to 3 ms, so
 * that a server which is stopped has calls in hand. <em>Thread-safe</em>.
 */
@Profile("fleet")
@ScalesService
class PricingService implements Pricing.Iface {

	private final PricingHandler prices;

	PricingService(@Value("${demo.server-name}") String name) {
		this.prices = new PricingHandler(name);
	}

	@Override
	public Price price(String sku) throws UnknownProduct {
		try {
			Thread.sleep(ThreadLocalRandom.current().nextInt(1, 4));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.prices.price(sku);
	}

	@Override
	public List<String> catalogue() {
		return this.prices.catalogue();
	}

	@Override
	public void viewed(String sku) {
		this.prices.viewed(sku);
	}

}
