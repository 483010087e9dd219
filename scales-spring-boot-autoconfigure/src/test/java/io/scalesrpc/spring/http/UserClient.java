package io.scalesrpc.spring.http;

import io.scalesrpc.client.ScalesClient;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** An interface of Spring, every method of which waits. */
@ScalesClient("users")
public interface UserClient {

	@GetExchange("/users/{id}")
	User getUser(@PathVariable int id);

	@PostExchange("/echo")
	ResponseEntity<User> addUser(@RequestBody User user);

	@DeleteExchange("/line")
	String removeUsers(@RequestParam String name);

	@GetExchange("/status/{status}")
	String status(@PathVariable int status);

	@GetExchange("/slow")
	String slow();

	default String nameOf(int id) {
		return getUser(id).name();
	}

}
