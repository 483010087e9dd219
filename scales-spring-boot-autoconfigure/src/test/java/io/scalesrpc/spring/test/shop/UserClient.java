package io.scalesrpc.spring.test.shop;

import io.scalesrpc.client.ScalesClient;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/**
 * The other service that the application calls. <em>Thread-safe</em>.
 */
@ScalesClient("users")
public interface UserClient {

	/**
	 * Asks for a name.
	 * @param id of the user
	 * @return the name
	 */
	@GetExchange("/users/{id}")
	String name(@PathVariable("id") int id);

}
