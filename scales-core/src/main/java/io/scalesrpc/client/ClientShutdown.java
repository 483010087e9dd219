package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Sink;
import io.scalesrpc.client.assembly.InFlight;
import io.scalesrpc.metrics.ClientMetrics;
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
		CompletionStage<Void> drained = this.inFlight.close(left, this.resources.timer());
		if (earlier != null) {
			return earlier.copy();
		}
		drained.thenCompose((nothing) -> closeStack())
			.thenCompose((nothing) -> giveBack())
			.whenComplete((nothing, ex) -> mine.complete(null));
		return mine.copy();
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
