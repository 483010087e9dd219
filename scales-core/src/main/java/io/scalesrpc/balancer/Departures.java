package io.scalesrpc.balancer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sinks that get no new calls and live until those they have are over. Each lingers a
 * second before it is closed: a caller that had just picked it still gets through, and a
 * server that comes back in time, as one that flaps does, finds its connection.
 * <em>Confined to the balancer's serial writer</em>, but for {@link #nodes()}.
 */
final class Departures {

	/** How long calls to a member that left may take, after it has lingered. */
	static final Duration DRAIN_GRACE = Duration.ofSeconds(10);

	/** The same for one that is to rest: nobody waits for its end. */
	static final Duration REST_GRACE = Duration.ofMinutes(10);

	static final Duration LINGER = Duration.ofSeconds(1);

	private final Executor writer;

	private final Timer timer;

	/** Nodes that may come back, by address. */
	private final Map<String, Node> lingering = new ConcurrentHashMap<>();

	/** All sinks that are not closed yet. */
	private final Map<Sink, Departure> leaving = new ConcurrentHashMap<>();

	Departures(Executor writer, Timer timer) {
		this.writer = writer;
		this.timer = timer;
	}

	/** Lets a member go. */
	void leave(Node node) {
		String address = node.member().address();
		this.lingering.put(address, node);
		later(node.sink(), node, () -> {
			if (this.lingering.remove(address, node)) {
				close(node.sink(), DRAIN_GRACE);
			}
		});
	}

	/** Lets the sink of a node go that is to rest. */
	void rest(Node node) {
		Sink sink = node.rest();
		if (sink != null) {
			later(sink, node, () -> close(sink, REST_GRACE));
		}
	}

	/** Takes back the node of a member that left a moment ago. */
	@Nullable Node comeBack(String address) {
		Node node = this.lingering.remove(address);
		if (node != null) {
			forget(node.sink());
		}
		return node;
	}

	/** Closes everything that is leaving, and those that did not. */
	CompletableFuture<Void> closeAll(List<Node> present, Duration grace) {
		this.lingering.clear();
		present.forEach((node) -> this.leaving.put(node.sink(), new Departure(node, () -> false)));
		Stream<CompletableFuture<Void>> closings = List.copyOf(this.leaving.keySet())
			.stream()
			.map((sink) -> close(sink, grace));
		return CompletableFuture.allOf(closings.toArray(CompletableFuture<?>[]::new));
	}

	/** The nodes that left or rest, as long as they may have calls. */
	Stream<Node> nodes() {
		return this.leaving.values().stream().map(Departure::node);
	}

	private void later(Sink sink, Node node, Runnable closing) {
		try {
			Timeout timeout = this.timer.schedule(() -> this.writer.execute(closing), LINGER.toNanos(),
					TimeUnit.NANOSECONDS);
			this.leaving.put(sink, new Departure(node, timeout));
		}
		catch (IllegalStateException ex) {
			// Without a timer nobody comes to close it.
			this.leaving.put(sink, new Departure(node, () -> false));
			closing.run();
		}
	}

	private CompletableFuture<Void> close(Sink sink, Duration grace) {
		Departure departure = this.leaving.get(sink);
		if (departure != null) {
			departure.timeout.cancel();
		}
		return sink.close(grace).toCompletableFuture().whenComplete((nothing, ex) -> this.leaving.remove(sink));
	}

	private void forget(Sink sink) {
		Departure departure = this.leaving.remove(sink);
		if (departure != null) {
			departure.timeout.cancel();
		}
	}

	/**
	 * A sink on its way out. <em>Immutable</em>.
	 *
	 * @param node whose it is or was
	 * @param timeout the end of its lingering
	 */
	private record Departure(Node node, Timeout timeout) {
	}

}
