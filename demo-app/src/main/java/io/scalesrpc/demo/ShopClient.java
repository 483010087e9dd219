package io.scalesrpc.demo;

import java.util.Map;

import io.scalesrpc.client.ScalesClient;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/**
 * What shops are asked over HTTP; those that spring-cloud-zookeeper-discovery has
 * registered. <em>Thread-safe</em>.
 */
@Profile("!shop & !fleet")
@ScalesClient("shops")
public interface ShopClient {

	/**
	 * What a product costs.
	 * @param sku the product
	 * @return its price, and who knew it
	 */
	@GetExchange("/api/prices/{sku}")
	Offer offer(@PathVariable String sku);

	/**
	 * Whether the shop lets visitors in.
	 * @return its status, as the actuator tells it
	 */
	@GetExchange("/actuator/health/readiness")
	Map<String, Object> readiness();

}
