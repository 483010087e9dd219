package io.scalesrpc.client.delivery;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.LazyTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions on the thread that ended the call, or on an event loop if that is the
 * timer's, and logs those that take so long that they must have blocked.
 * <em>Thread-safe</em>.
 */
@Internal
public final class InPlaceDelivery implements Delivery {

	private static final Logger logger = LoggerFactory.getLogger(InPlaceDelivery.class);

	private static final long SLOW_NANOS = Duration.ofMillis(50).toNanos();

	private final String client;

	private final Ticker ticker;

	private final Executor loops;

	/**
	 * Creates a delivery.
	 * @param client the client's name, for the log
	 * @param ticker measures completions
	 * @param loops runs completions of calls that the timer ended
	 */
	public InPlaceDelivery(String client, Ticker ticker, Executor loops) {
		this.loops = loops;
		this.client = client;
		this.ticker = ticker;
	}

	@Override
	public void deliver(Runnable completion) {
		if (!LazyTimer.isCurrentThread() || !isHandedOver(completion)) {
			run(completion);
		}
	}

	private boolean isHandedOver(Runnable completion) {
		try {
			this.loops.execute(() -> run(completion));
			return true;
		}
		catch (RejectedExecutionException ex) {
			// The loops have stopped, and a call always ends.
			return false;
		}
	}

	private void run(Runnable completion) {
		long start = this.ticker.nanos();
		if (EventLoops.isCurrentThread()) {
			Completions.runAmongOthers(completion);
		}
		else {
			// Who interrupts this thread means whoever is at work on it.
			Completions.run(completion);
		}
		long nanos = this.ticker.nanos() - start;
		if (nanos > SLOW_NANOS) {
			logger.warn(
					"[{}] a callback took {} ms on {} (expected: under 50 ms; set callbacks to EXECUTOR"
							+ " for callbacks that block)",
					this.client, nanos / 1_000_000, Thread.currentThread().getName());
		}
	}

}
