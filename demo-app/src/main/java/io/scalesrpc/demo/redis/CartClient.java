package io.scalesrpc.demo.redis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;

/**
 * Carts, a hash each: products and how many of them. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient("carts")
interface CartClient {

	/** Puts pieces into a cart; goes to the primary. */
	@Command("HINCRBY ?0 ?1 ?2")
	long add(String cart, String sku, int pieces);

	/** The same, for who does not wait. */
	@Command("HINCRBY ?0 ?1 ?2")
	CompletableFuture<Long> addLater(String cart, String sku, int pieces);

	/** What is in a cart; a replica may answer. */
	Map<String, Integer> hgetall(String cart);

	/** The same, for who does not wait. */
	@Command("HGETALL ?0")
	CompletableFuture<Map<String, Integer>> later(String cart);

	/** Empties a cart. */
	boolean del(String cart);

}
