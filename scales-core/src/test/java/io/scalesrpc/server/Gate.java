package io.scalesrpc.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds calls until as many have come as there should be, so that their replies are ready
 * together. <em>Thread-safe</em>.
 */
final class Gate implements ServerInterceptor {

	private final CountDownLatch open;

	Gate(int calls) {
		this.open = new CountDownLatch(calls);
	}

	@Override
	public void intercept(ServerCall call, Runnable handler) throws InterruptedException {
		this.open.countDown();
		if (!this.open.await(10, TimeUnit.SECONDS)) {
			throw new AssertionError(this.open.getCount() + " calls missing (expected: none)");
		}
		handler.run();
	}

}
