package io.scalesrpc.spring.app;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;

/**
 * A free-form interface of the same service. <em>Thread-safe</em>.
 */
@ScalesClient("calculator")
public interface AsyncCalculator {

	/**
	 * Divides.
	 * @param dividend what is divided
	 * @param divisor by what
	 * @return the quotient
	 */
	CompletableFuture<Integer> divide(int dividend, int divisor);

}
