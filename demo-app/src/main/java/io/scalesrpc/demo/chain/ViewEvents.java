package io.scalesrpc.demo.chain;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;

import org.springframework.messaging.handler.annotation.SendTo;

/**
 * By which the third hop tells the world of views, as records. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient("orders")
interface ViewEvents {

	/**
	 * Somebody looked at a product. Nobody waits for that.
	 * @param sku the product
	 */
	@SendTo("clicks")
	void viewed(String sku);

}
