package io.scalesrpc.spring.http;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** An interface of Spring with all kinds of results, over the connections of another. */
@ScalesClient("users")
interface AsyncUserClient {

	@GetExchange("/users/{id}")
	Mono<User> getUser(@PathVariable int id);

	@GetExchange("/users/{id}")
	CompletableFuture<User> getUserLater(@PathVariable int id);

	@GetExchange("/users/{id}")
	User getUserNow(@PathVariable int id);

	@PostExchange("/echo")
	Mono<ResponseEntity<User>> addUser(@RequestBody User user);

	@GetExchange("/line")
	Mono<String> withCookie(@CookieValue String session);

	@GetExchange("/status/{status}")
	Mono<String> statusLater(@PathVariable int status);

	@GetExchange("/slow")
	CompletableFuture<String> slowLater();

}
