package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sinks that get no new calls and live until those they have are over, by an answer or by
 * their deadlines. That of a member that left lingers besides: a caller that had just
 * picked it still gets through, and a server that comes back, as one does that a registry
 * left out of one answer, finds its connection. When too many linger, those that have
 * done so for longest are closed. <em>Confined to the balancer's serial writer</em>, but
 * for {@link #nodes()}.
 */
public final class DrainingNodes {

	/** How long calls may take to a member that had to go before they were over. */
	static final Duration DRAIN_GRACE = Duration.ofSeconds(10);

	/** How long what is left of calls may take, such as streamed answers. */
	public static final Duration REST_GRACE = Duration.ofMinutes(10);

	/** How long a sink that is to rest waits for callers that had just picked it. */
	public static final Duration MOMENT = Duration.ofSeconds(1);

	/** How long a member that left may come back, at least. */
	static final Duration LINGER = Duration.ofSeconds(10);

	/** How many members that left may have their connections still. */
	static final int MAX_LINGERING = 256;

	private final Executor writer;

	private final Timer timer;

	/** Nodes that may come back, by address; who has been gone for longest first. */
	private final Map<String, Node> lingering = new LinkedHashMap<>();

	/** All sinks that are not closed yet. */
	private final Map<Sink, Departure> leaving = new ConcurrentHashMap<>();

	DrainingNodes(Executor writer, Timer timer) {
		this.writer = writer;
		this.timer = timer;
	}

	/** Lets a member go. */
	void leave(Node node) {
		this.lingering.put(node.member().address(), node);
		lingerOn(node, LINGER);
		if (this.lingering.size() > MAX_LINGERING) {
			Node first = this.lingering.values().iterator().next();
			this.lingering.remove(first.member().address());
			close(first.sink(), DRAIN_GRACE);
		}
	}

	/** As long as there are calls a sink that is not closed is the better one. */
	private void lingerOn(Node node, Duration time) {
		later(node.sink(), node, time, () -> {
			if (this.lingering.get(node.member().address()) != node) {
				return;
			}
			if (node.load() > 0) {
				lingerOn(node, MOMENT);
			}
			else {
				this.lingering.remove(node.member().address());
				close(node.sink(), REST_GRACE);
			}
		});
	}

	/** Lets the sink of a node go that is to rest. */
	void rest(Node node) {
		Sink sink = node.rest();
		if (sink != null) {
			later(sink, node, MOMENT, () -> close(sink, REST_GRACE));
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

	private void later(Sink sink, Node node, Duration time, Runnable then) {
		try {
			Timeout timeout = this.timer.schedule(() -> this.writer.execute(then), time.toNanos(),
					TimeUnit.NANOSECONDS);
			this.leaving.put(sink, new Departure(node, timeout));
		}
		catch (IllegalStateException ex) {
			// Without a timer nobody comes to close it.
			this.leaving.put(sink, new Departure(node, () -> false));
			this.lingering.remove(node.member().address(), node);
			close(sink, REST_GRACE);
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
