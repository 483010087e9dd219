package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * Waits until enough members are connected. Looks every so often, because that is done
 * once in the life of a client. <em>Immutable</em>.
 *
 * @param open counts the members that are connected
 * @param ticker tells the time
 * @param timer wakes it
 */
record Readiness(IntSupplier open, Ticker ticker, Timer timer) {

	private static final long LOOK_MILLIS = 10;

	/**
	 * Waits.
	 * @param members how many are enough
	 * @param limit how long to wait
	 * @return completes with whether there were enough; never fails
	 */
	CompletableFuture<Boolean> await(int members, Duration limit) {
		CompletableFuture<Boolean> ready = new CompletableFuture<>();
		look(members, this.ticker.nanos() + limit.toNanos(), ready);
		return ready;
	}

	private void look(int members, long end, CompletableFuture<Boolean> ready) {
		boolean enough = this.open.getAsInt() >= members;
		if (enough || end - this.ticker.nanos() <= 0) {
			ready.complete(enough);
			return;
		}
		try {
			this.timer.schedule(() -> look(members, end, ready), LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (IllegalStateException ex) {
			// the client was closed
			ready.complete(false);
		}
	}

}
