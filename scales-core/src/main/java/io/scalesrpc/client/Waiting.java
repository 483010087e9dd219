package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.scalesrpc.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a {@code close()} waits: never on a thread that the closing itself needs, and never
 * for ever. <em>Thread-safe</em>.
 */
final class Waiting {

	private static final Logger logger = LoggerFactory.getLogger(Waiting.class);

	/** What giving back sockets and threads may take beyond the grace of the calls. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	private Waiting() {
	}

	static void forClose(CompletionStage<Void> closed, Duration grace) {
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
			logger.warn("close: not over after {} (expected: at most the grace of {})", limit, grace);
		}
		catch (ExecutionException ex) {
			logger.warn("close: failed", ex.getCause());
		}
	}

}
