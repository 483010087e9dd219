package io.scalesrpc.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.pricing.Price;

import org.springframework.context.annotation.Profile;

/**
 * The same service without waiting: a free-form interface over the same connections.
 * <em>Thread-safe</em>.
 */
@Profile("!fleet & !visitors")
@ScalesClient("pricing")
public interface AsyncPricingClient {

	/**
	 * What a product costs.
	 * @param sku the product
	 * @return its price, or the failure
	 */
	CompletableFuture<Price> price(String sku);

	/**
	 * The products there are.
	 * @return their names
	 */
	CompletableFuture<List<String>> catalogue();

}
