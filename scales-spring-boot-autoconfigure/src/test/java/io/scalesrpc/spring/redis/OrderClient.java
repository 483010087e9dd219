package io.scalesrpc.spring.redis;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ScalesClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Commands with objects that are JSON. */
@ScalesClient("orders")
public interface OrderClient {

	void set(String key, Order order);

	Order get(String key);

	@Command("GET ?0")
	CompletableFuture<Order> later(String key);

	@Command("GET ?0")
	Mono<Order> mono(String key);

	long rpush(String key, List<Order> orders);

	List<Order> lrange(String key, int from, int to);

	@Command("LRANGE ?0 0 -1")
	Flux<Order> all(String key);

	String clientList();

	/** A value. */
	record Order(long id, String customer, Instant placed) {
	}

}
