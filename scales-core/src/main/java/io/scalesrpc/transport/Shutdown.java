package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.scalesrpc.Internal;

/**
 * How every {@code close()} without arguments waits. <em>Stateless</em>.
 */
@Internal
public final class Shutdown {

	private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

	/** What giving back sockets and threads may take beyond the grace of the calls. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	private Shutdown() {
	}

	/**
	 * Waits for the end of a closing, but neither on a thread that the closing itself
	 * needs, an event loop or the timer, nor for ever; an interrupt ends the waiting, not
	 * the closing.
	 * @param what what is closed, for the log
	 * @param closed the end
	 * @param grace how long it may take, but for giving back sockets and threads
	 */
	public static void await(Object what, CompletionStage<Void> closed, Duration grace) {
		if (EventLoops.isCurrentThread()) {
			return;
		}
		Duration limit = grace.plus(MARGIN);
		try {
			closed.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.warn("[{}] close: not over after {} (expected: at most the grace of {})", what, limit, grace);
		}
		catch (ExecutionException ex) {
			logger.warn("[{}] close: failed", what, ex.getCause());
		}
	}

}
