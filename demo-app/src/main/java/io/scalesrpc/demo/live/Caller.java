package io.scalesrpc.demo.live;

import io.scalesrpc.demo.pricing.Price;

/**
 * Asks for a price and waits for it: all that the traffic knows of a client.
 * Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
interface Caller {

	Price price(String sku) throws Exception;

}
