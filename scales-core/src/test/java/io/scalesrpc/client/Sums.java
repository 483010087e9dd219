package io.scalesrpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import reactor.core.publisher.Mono;

/** What clients of the tests call, in every style there is. */
public interface Sums {

	int add(int a, int b) throws TooBigException;

	Integer boxed(int a);

	void ping();

	String undeclared();

	CompletableFuture<Integer> addAsync(int a, int b);

	CompletionStage<Integer> stage(int a);

	Mono<Integer> mono(int a);

	default int twice(int a) throws TooBigException {
		return add(a, a);
	}

}
