package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.transport.EventLoops;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a client, from top to bottom: no new calls, those in flight, connections,
 * meters, threads. No step waits on a thread. <em>Thread-safe</em>.
 */
final class Closing {

	private static final Logger logger = LoggerFactory.getLogger(Closing.class);

	/** What giving back sockets and threads may take beyond the grace of the calls. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	private final InFlight inFlight;

	private final Sink stack;

	private final ClientMetrics metrics;

	private final ClientResources resources;

	private final boolean ownsResources;

	private final AtomicReference<@Nullable CompletableFuture<Void>> closed = new AtomicReference<>();

	Closing(InFlight inFlight, Sink stack, ClientMetrics metrics, ClientResources resources, boolean ownsResources) {
		this.inFlight = inFlight;
		this.stack = stack;
		this.metrics = metrics;
		this.resources = resources;
		this.ownsResources = ownsResources;
	}

	/** A later call may shorten the grace of an earlier one. */
	CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> earlier = this.closed.compareAndExchange(null, mine);
		// Where the timer is gone nobody would end the grace.
		Duration left = this.resources.isClosed() ? Duration.ZERO : grace;
		CompletionStage<Void> drained = this.inFlight.close(left, this.resources.timer());
		if (earlier != null) {
			return earlier.copy();
		}
		drained.thenCompose((nothing) -> this.stack.close(Duration.ZERO))
			.thenCompose((nothing) -> giveBack())
			.whenComplete((nothing, ex) -> mine.complete(null));
		return mine.copy();
	}

	private CompletionStage<Void> giveBack() {
		this.metrics.close();
		return this.ownsResources ? this.resources.close(Duration.ZERO) : CompletableFuture.completedFuture(null);
	}

	/**
	 * How a {@code close()} waits: never on a thread that the closing itself needs, and
	 * never for ever.
	 */
	static void await(CompletionStage<Void> closed, Duration grace) {
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
