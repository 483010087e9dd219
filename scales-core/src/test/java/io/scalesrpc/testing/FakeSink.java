package io.scalesrpc.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stack: remembers every call and holds it, or ends it as the test says.
 * <em>Thread-safe</em>.
 */
public final class FakeSink implements Sink {

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final AtomicInteger closings = new AtomicInteger();

	private volatile Consumer<Call> behaviour;

	private volatile Consumer<Runnable> opener = Runnable::run;

	private volatile SinkState state = SinkState.OPEN;

	private volatile @Nullable Duration grace;

	private volatile String problem = "";

	private FakeSink(Consumer<Call> behaviour) {
		this.behaviour = behaviour;
	}

	/**
	 * A sink that holds its calls until the test ends them.
	 * @return the sink
	 */
	public static FakeSink holding() {
		return new FakeSink((call) -> {
		});
	}

	/**
	 * A sink that ends every call before {@code dispatch} returns.
	 * @param outcome how
	 * @return the sink
	 */
	public static FakeSink ending(Outcome outcome) {
		return new FakeSink((call) -> call.end(outcome));
	}

	/**
	 * A sink that does with a call whatever the test likes.
	 * @param behaviour told every call, on the thread that dispatches it
	 * @return the sink
	 */
	public static FakeSink doing(Consumer<Call> behaviour) {
		return new FakeSink(behaviour);
	}

	/**
	 * Changes what is done with the calls that come from now on.
	 * @param newBehaviour told every call
	 */
	public void behave(Consumer<Call> newBehaviour) {
		this.behaviour = newBehaviour;
	}

	/**
	 * Changes what is done when the sink is asked to open.
	 * @param newOpener given whom to tell when the opening is over
	 */
	public void onOpen(Consumer<Runnable> newOpener) {
		this.opener = newOpener;
	}

	@Override
	public void open(Runnable over) {
		this.opener.accept(over);
	}

	@Override
	public void dispatch(Call call) {
		this.calls.add(call);
		if (isClosed()) {
			call.end(Failure.of(FailureKind.NOT_SENT, "the fake sink is closed"));
			return;
		}
		this.behaviour.accept(call);
	}

	@Override
	public SinkState state() {
		return this.state;
	}

	/**
	 * Sets the state.
	 * @param newState the state from now on
	 */
	public void state(SinkState newState) {
		this.state = newState;
	}

	@Override
	public String problem() {
		return this.problem;
	}

	/**
	 * Sets what is the matter.
	 * @param newProblem one line
	 */
	public void problem(String newProblem) {
		this.problem = newProblem;
	}

	/** Ends all calls held as {@link FailureKind#CANCELLED}, whatever the grace. */
	@Override
	public CompletionStage<Void> close(Duration newGrace) {
		this.grace = newGrace;
		this.state = SinkState.CLOSED;
		this.closings.incrementAndGet();
		this.calls.forEach((call) -> call.end(Failure.of(FailureKind.CANCELLED, "the fake sink was closed")));
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * The calls dispatched so far, in order.
	 * @return a view that grows
	 */
	public List<Call> calls() {
		return this.calls;
	}

	/**
	 * The call dispatched last.
	 * @return the call
	 * @throws IndexOutOfBoundsException if there was none
	 */
	public Call last() {
		return this.calls.get(this.calls.size() - 1);
	}

	/**
	 * How many of the calls have not ended.
	 * @return zero or more
	 */
	public int pending() {
		return (int) this.calls.stream().filter((call) -> !call.isEnded()).count();
	}

	/**
	 * Whether the sink was closed.
	 * @return {@code true} after {@link #close(Duration)}
	 */
	public boolean isClosed() {
		return this.closings.get() > 0;
	}

	/**
	 * How often the sink was closed.
	 * @return zero or more
	 */
	public int closings() {
		return this.closings.get();
	}

	/**
	 * The grace of the latest closing.
	 * @return the grace, or {@code null} if the sink is open
	 */
	public @Nullable Duration grace() {
		return this.grace;
	}

}
