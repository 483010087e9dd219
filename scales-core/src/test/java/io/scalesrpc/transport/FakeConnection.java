package io.scalesrpc.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * A connection that holds its calls, and that a test lets drain or break.
 * <em>Thread-safe</em>.
 */
public final class FakeConnection implements Connection {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final List<Consumer<@Nullable Failure>> listeners = new CopyOnWriteArrayList<>();

	private final List<Duration> graces = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final AtomicReference<SinkState> state = new AtomicReference<>(SinkState.OPEN);

	private volatile @Nullable Failure reason;

	private volatile boolean served;

	private volatile boolean draining = true;

	private final Consumer<Call> sent;

	public FakeConnection() {
		this((call) -> {
		});
	}

	/** A connection that tells a test every call it gets. */
	public FakeConnection(Consumer<Call> sent) {
		this.sent = sent;
	}

	@Override
	public void dispatch(Call call) {
		this.calls.add(call);
		this.sent.accept(call);
		if (this.state.get() != SinkState.OPEN) {
			call.end(Failure.of(FailureKind.NOT_SENT, "the fake connection is not open"));
		}
	}

	@Override
	public SinkState state() {
		return this.state.get();
	}

	public void state(SinkState newState) {
		this.state.set(newState);
	}

	/** Takes no more calls, as a full pool does, and does not drain. */
	public void fill() {
		this.draining = false;
		this.state.set(SinkState.BUSY);
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.listeners.add(listener);
		if (this.closed.isDone()) {
			tell(this.reason);
		}
	}

	/** Ends its calls and itself with a fault, as a reset does. */
	public void breakDown(String reason) {
		Failure failure = Failure.of(FailureKind.CONNECTION_LOST, reason);
		if (this.state.getAndSet(SinkState.CLOSED) != SinkState.CLOSED) {
			this.calls.forEach((call) -> call.end(failure));
			end(failure);
		}
	}

	/** Ends itself in good order, by the peer or after {@link #close(Duration)}. */
	public void finish() {
		this.state.set(SinkState.CLOSED);
		end(null);
	}

	/** Drains and ends itself in good order, whatever calls are left. */
	public void breakInOrder() {
		this.state.set(SinkState.CLOSED);
		this.calls.forEach((call) -> call.end(Failure.of(FailureKind.NOT_SENT, "drained")));
		end(null);
	}

	/** Drains for as long as the test likes, unless there is no grace. */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.graces.add(grace);
		if (grace.isZero()) {
			this.calls.forEach((call) -> call.end(Failure.of(FailureKind.CANCELLED, "closed")));
			finish();
		}
		return this.closed;
	}

	public List<Call> calls() {
		return this.calls;
	}

	/** The graces with which it was closed. */
	public List<Duration> graces() {
		return this.graces;
	}

	private void end(@Nullable Failure failure) {
		this.reason = failure;
		this.closed.complete(null);
		tell(failure);
	}

	private void tell(@Nullable Failure failure) {
		for (Consumer<@Nullable Failure> listener : this.listeners) {
			if (this.listeners.remove(listener)) {
				listener.accept(failure);
			}
		}
	}

	/** It has answered a call. */
	public void serve() {
		this.served = true;
	}

	@Override
	public boolean hasServed() {
		return this.served;
	}

	@Override
	public boolean isDraining() {
		return this.draining && state() == SinkState.BUSY;
	}

}
