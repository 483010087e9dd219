package io.scalesrpc.demo.http;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/**
 * What the stock service can be asked: an interface of Spring, without a word of who is
 * asked how. <em>Thread-safe</em>.
 */
interface StockCalls {

	/**
	 * How much there is.
	 * @param sku the product
	 * @return the stock
	 */
	@GetExchange("/stock/{sku}")
	Stock stock(@PathVariable String sku);

}
