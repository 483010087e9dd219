package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.channel.UnsentCalls;
import org.jspecify.annotations.Nullable;

/**
 * A connection that calls share and that answers when the test says so. <em>Confined to
 * the test's thread.</em>
 */
final class FakeSharedConnection implements Connection {

	private final Deque<Call> calls = new ArrayDeque<>();

	private final List<Duration> graces = new ArrayList<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final UnsentCalls unsent = new UnsentCalls();

	private SinkState state = SinkState.OPEN;

	private boolean served;

	private int taken;

	private @Nullable Failure reason;

	@Override
	public void dispatch(Call call) {
		if (this.state != SinkState.OPEN) {
			this.unsent.giveBack(call, "the connection is " + this.state, null);
			return;
		}
		this.taken++;
		this.calls.add(call);
	}

	void answer() {
		this.served = true;
		this.calls.remove().end(Reply.EMPTY);
		endIfDrained();
	}

	void fail() {
		this.calls.remove().end(Failure.of(FailureKind.REMOTE, "out of order"));
		endIfDrained();
	}

	/** Takes no more calls, since the peer says so. */
	void drain() {
		this.state = SinkState.BUSY;
		endIfDrained();
	}

	private void endIfDrained() {
		if (this.state == SinkState.BUSY && this.calls.isEmpty()) {
			end(null);
		}
	}

	void breakDown() {
		end(Failure.of(FailureKind.CONNECTION_LOST, "reset"));
	}

	private void end(@Nullable Failure failure) {
		this.state = SinkState.CLOSED;
		this.reason = failure;
		List<Call> left = List.copyOf(this.calls);
		this.calls.clear();
		left.forEach((call) -> call.end(Failure.of(FailureKind.CONNECTION_LOST, "reset")));
		this.closed.complete(null);
	}

	/** How many calls it took. */
	int taken() {
		return this.taken;
	}

	/** How many it has. */
	int calls() {
		return this.calls.size();
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
		return this.state == SinkState.BUSY;
	}

	@Override
	public boolean hasServed() {
		return this.served;
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.unsent.to(taker);
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.closed.whenComplete((nothing, ex) -> listener.accept(this.reason));
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.graces.add(grace);
		if (grace.isZero()) {
			end(null);
		}
		else if (this.state == SinkState.OPEN) {
			drain();
		}
		return this.closed;
	}

}
