package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;

/**
 * A connection that takes one call at a time, answers when the test says so, and closes
 * itself when its call is given up. <em>Confined to the test's thread.</em>
 */
final class FakeSerialConnection implements Connection {

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final List<Duration> graces = new ArrayList<>();

	private int calls;

	private int collisions;

	private @Nullable Call current;

	private @Nullable Failure reason;

	private SinkState state = SinkState.OPEN;

	private boolean draining;

	private boolean coming;

	private boolean served;

	private Runnable whenChecked = () -> {
	};

	private Runnable whenTaken = () -> {
	};

	private Runnable whenFree = () -> {
	};

	@Override
	public void dispatch(Call call) {
		if (this.state != SinkState.OPEN) {
			this.collisions += (this.state == SinkState.BUSY && !this.draining) ? 1 : 0;
			call.end(Failure.of(FailureKind.NOT_SENT, "the connection is " + this.state));
			return;
		}
		if (call.isEnded()) {
			return;
		}
		this.calls++;
		this.current = call;
		this.state = SinkState.BUSY;
		call.onOutcome(this::ended);
	}

	/** Given up: the answer would meet the next call. */
	private void ended(Call call, Outcome outcome) {
		if (this.current == call) {
			this.current = null;
			this.state = SinkState.CLOSED;
			end(null);
		}
	}

	/** Answers the call it has. */
	void answer() {
		Call call = Objects.requireNonNull(this.current);
		this.current = null;
		this.served = true;
		this.state = (this.draining) ? SinkState.CLOSED : SinkState.OPEN;
		call.end(Reply.EMPTY);
		if (this.draining) {
			end(null);
		}
	}

	/** Answers that the call it has went wrong. */
	void fail() {
		Call call = Objects.requireNonNull(this.current);
		this.current = null;
		this.served = true;
		this.state = SinkState.OPEN;
		call.end(Failure.of(FailureKind.REMOTE, "out of order"));
	}

	/** Answers the call it has with something that is still coming. */
	void answerHead() {
		Call call = Objects.requireNonNull(this.current);
		this.current = null;
		this.coming = true;
		call.end(Reply.EMPTY);
	}

	/** All of the answer came. */
	void answerRest() {
		this.coming = false;
		this.state = SinkState.OPEN;
		this.whenFree.run();
	}

	@Override
	public void whenFree(Runnable listener) {
		if (this.coming) {
			this.whenFree = listener;
		}
		else {
			listener.run();
		}
	}

	@Override
	public boolean hasServed() {
		return this.served;
	}

	/** Does something whenever it is looked at once more. */
	void whenChecked(Runnable action) {
		this.whenChecked = action;
	}

	@Override
	public void check(Runnable over) {
		this.whenChecked.run();
		over.run();
	}

	/** Is reset by the peer. */
	void breakDown() {
		Failure failure = Failure.of(FailureKind.CONNECTION_LOST, "reset");
		Call call = this.current;
		this.current = null;
		this.state = SinkState.CLOSED;
		this.reason = failure;
		if (call != null) {
			call.end(failure);
		}
		end(failure);
	}

	/** Is closed by the peer while nobody uses it. */
	void hangUp() {
		this.state = SinkState.CLOSED;
		end(null);
	}

	@Nullable Call current() {
		return this.current;
	}

	/** How many calls it took. */
	int calls() {
		return this.calls;
	}

	/** How many calls came while it had another. */
	int collisions() {
		return this.collisions;
	}

	boolean isClosed() {
		return this.closed.isDone();
	}

	List<Duration> graces() {
		return this.graces;
	}

	@Override
	public SinkState state() {
		return this.state;
	}

	@Override
	public boolean isDraining() {
		return this.draining;
	}

	/** Does something when its pool takes it, before it may be lent. */
	void whenTaken(Runnable action) {
		this.whenTaken = action;
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.whenTaken.run();
		this.closed.whenComplete((nothing, ex) -> listener.accept(this.reason));
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.graces.add(grace);
		Call call = this.current;
		this.draining = true;
		if (call == null && (!this.coming || grace.isZero())) {
			hangUp();
		}
		else if (call != null && grace.isZero()) {
			this.current = null;
			call.end(Failure.of(FailureKind.CONNECTION_LOST, "closed"));
			hangUp();
		}
		return this.closed;
	}

	private void end(@Nullable Failure failure) {
		if (!this.closed.isDone()) {
			this.reason = (this.reason != null) ? this.reason : failure;
			this.closed.complete(null);
		}
	}

}
