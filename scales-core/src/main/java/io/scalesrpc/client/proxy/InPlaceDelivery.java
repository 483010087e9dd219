package io.scalesrpc.client.proxy;

import java.time.Duration;

import io.scalesrpc.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions on the thread that ended the call, and logs those that take so long
 * that they must have blocked. <em>Thread-safe</em>.
 */
public final class InPlaceDelivery implements Delivery {

	private static final Logger logger = LoggerFactory.getLogger(InPlaceDelivery.class);

	private static final long SLOW_NANOS = Duration.ofMillis(50).toNanos();

	private final String client;

	private final Ticker ticker;

	/**
	 * Creates a delivery.
	 * @param client the client's name, for the log
	 * @param ticker measures completions
	 */
	public InPlaceDelivery(String client, Ticker ticker) {
		this.client = client;
		this.ticker = ticker;
	}

	@Override
	public void deliver(Runnable completion) {
		long start = this.ticker.nanos();
		Completions.run(completion);
		long nanos = this.ticker.nanos() - start;
		if (nanos > SLOW_NANOS) {
			logger.warn(
					"[{}] a callback took {} ms on {} (expected: under 50 ms; set callbacks to EXECUTOR"
							+ " for callbacks that block)",
					this.client, nanos / 1_000_000, Thread.currentThread().getName());
		}
	}

}
