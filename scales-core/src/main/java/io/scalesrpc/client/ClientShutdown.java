package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.timeout.InFlight;
import org.jspecify.annotations.Nullable;

/**
 * The end of a client, from top to bottom: no new calls, those in flight, connections,
 * meters, threads. No step waits on a thread. <em>Thread-safe</em>.
 */
final class ClientShutdown {

	private final InFlight inFlight;

	private final Sink stack;

	private final ClientMetrics metrics;

	private final ClientResources resources;

	private final boolean ownsResources;

	private final AtomicReference<@Nullable CompletableFuture<Void>> closed = new AtomicReference<>();

	/** Completes when no call is left. */
	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	ClientShutdown(InFlight inFlight, Sink stack, ClientMetrics metrics, ClientResources resources,
			boolean ownsResources) {
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
		drain(left);
		if (earlier != null) {
			return earlier.copy();
		}
		this.drained.thenCompose((nothing) -> closeStack())
			.thenCompose((nothing) -> giveBack())
			.whenComplete((nothing, ex) -> mine.complete(null));
		return mine.copy();
	}

	/** What is left when the grace is over is ended. */
	private void drain(Duration grace) {
		this.inFlight.close(() -> this.drained.complete(null));
		if (grace.isZero() || this.inFlight.isEmpty()) {
			this.inFlight.endAll();
			return;
		}
		Timeout end = this.resources.timer().schedule(this.inFlight::endAll, grace.toNanos(), TimeUnit.NANOSECONDS);
		this.drained.thenRun(end::cancel);
	}

	/** Where the event loops are gone, so are the connections, and nobody tells of it. */
	private CompletionStage<Void> closeStack() {
		CompletionStage<Void> closing = this.stack.close(Duration.ZERO);
		return this.resources.isClosed() ? CompletableFuture.completedFuture(null) : closing;
	}

	private CompletionStage<Void> giveBack() {
		this.metrics.close();
		return this.ownsResources ? this.resources.close(Duration.ZERO) : CompletableFuture.completedFuture(null);
	}

}
