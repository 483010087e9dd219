package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;

/**
 * One client's connection to one server, with the states of the product's resurrector:
 * idle until the first call, calls wait while it opens, and when it is down they fail at
 * once until it is back. <em>Confined to the thread that runs the world.</em>
 */
final class Link implements Sink {

	/** Half a round trip. */
	static final long ONE_WAY = Duration.ofNanos(100_000).toNanos();

	/** Of TCP and mux together, with room for TLS. */
	private static final long CONNECT = Duration.ofMillis(1).toNanos();

	private final VirtualTime time;

	private final SimulatedServer server;

	private final Reconnecting reconnecting;

	/** Told when it is open or failed. */
	private final List<Runnable> waiting = new ArrayList<>();

	private final Set<Call> inFlight = new LinkedHashSet<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private LinkState state = LinkState.IDLE;

	Link(VirtualTime time, SimulatedServer server, RandomGenerator random) {
		this.time = time;
		this.server = server;
		this.reconnecting = new Reconnecting(time, random, this::connect);
	}

	@Override
	public String problem() {
		return "";
	}

	@Override
	public SinkState state() {
		return this.state.seen();
	}

	@Override
	public void open(Runnable over) {
		if (this.state == LinkState.IDLE || this.state == LinkState.OPENING) {
			whenOpened(over);
		}
		else {
			over.run();
		}
	}

	@Override
	public void dispatch(Call call) {
		this.server.tally().call();
		forward(call);
	}

	private void forward(Call call) {
		switch (this.state) {
			case IDLE, OPENING -> whenOpened(() -> forward(call));
			case OPEN -> send(call);
			case DOWN, CLOSED -> call.end(Failure.of(FailureKind.NOT_SENT, "no connection"));
		}
	}

	/**
	 * Asks the server how it is; one round trip. Nothing is told if it cannot be asked.
	 */
	void probe(Consumer<ProbeReport> told) {
		open(() -> {
			if (this.state == LinkState.OPEN) {
				this.time.after(ONE_WAY, () -> {
					ProbeReport report = this.server.report();
					this.time.after(ONE_WAY, () -> told.accept(report));
				});
			}
		});
	}

	/** How the server is, as a reply that arrives now would tell. */
	ProbeReport report() {
		return this.server.report();
	}

	/** The server is gone, and whatever was in flight with it. */
	void lost() {
		this.server.disconnect(this);
		goDown();
		Failure lost = Failure.of(FailureKind.CONNECTION_LOST, "connection lost");
		List.copyOf(this.inFlight).forEach((call) -> call.end(lost));
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		if (this.state != LinkState.CLOSED) {
			LinkState before = this.state;
			this.state = LinkState.CLOSED;
			this.reconnecting.stop();
			runWaiting();
			if (before != LinkState.OPEN) {
				this.closed.complete(null);
			}
			else {
				this.time.after(grace.toNanos(), this::endAll);
				disconnectIfDone();
			}
		}
		return this.closed;
	}

	private void whenOpened(Runnable task) {
		this.waiting.add(task);
		if (this.state == LinkState.IDLE) {
			this.state = LinkState.OPENING;
			connect();
		}
	}

	private void connect() {
		this.time.after(CONNECT, () -> {
			if (this.state != LinkState.CLOSED && this.server.connect(this)) {
				this.state = LinkState.OPEN;
				this.reconnecting.succeeded();
				runWaiting();
			}
			else if (this.state != LinkState.CLOSED) {
				goDown();
			}
		});
	}

	private void goDown() {
		if (this.state != LinkState.CLOSED) {
			this.state = LinkState.DOWN;
			runWaiting();
			this.reconnecting.failed();
		}
	}

	private void runWaiting() {
		List<Runnable> tasks = List.copyOf(this.waiting);
		this.waiting.clear();
		tasks.forEach(Runnable::run);
	}

	private void send(Call call) {
		this.inFlight.add(call);
		call.onOutcome((ended, outcome) -> {
			this.inFlight.remove(ended);
			disconnectIfDone();
		});
		this.time.after(ONE_WAY, () -> this.server.accept(call, (outcome) -> answer(call, outcome)));
	}

	private void answer(Call call, Outcome outcome) {
		this.time.after(ONE_WAY, () -> call.end(outcome));
	}

	private void endAll() {
		Failure over = Failure.of(FailureKind.CANCELLED, "connection closed");
		List.copyOf(this.inFlight).forEach((call) -> call.end(over));
	}

	private void disconnectIfDone() {
		if (this.state == LinkState.CLOSED && this.inFlight.isEmpty() && this.closed.complete(null)) {
			this.server.disconnect(this);
		}
	}

}
