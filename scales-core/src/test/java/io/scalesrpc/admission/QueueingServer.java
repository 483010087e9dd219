package io.scalesrpc.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.FakeTime;

/**
 * A server of eight workers that takes in whatever comes and works on it, wanted or not:
 * the kind a client has to be careful with. Service times are exponential. <em>Confined
 * to the test's thread.</em>
 */
final class QueueingServer implements Sink {

	private static final int WORKERS = 8;

	private final FakeTime time;

	private final RandomGenerator random;

	private final Queue<Call> queue = new ArrayDeque<>();

	private int busy;

	/** The mean. */
	private Duration serviceTime = Duration.ofMillis(10);

	QueueingServer(FakeTime time, RandomGenerator random) {
		this.time = time;
		this.random = random;
	}

	void serviceTime(Duration newServiceTime) {
		this.serviceTime = newServiceTime;
	}

	@Override
	public void dispatch(Call call) {
		this.queue.add(call);
		workOn();
	}

	private void workOn() {
		if (this.busy < WORKERS && !this.queue.isEmpty()) {
			this.busy++;
			Call call = this.queue.remove();
			long nanos = (long) (-Math.log(1 - this.random.nextDouble()) * this.serviceTime.toNanos());
			this.time.schedule(() -> done(call), nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void done(Call call) {
		this.busy--;
		call.end(Reply.EMPTY);
		workOn();
	}

	@Override
	public void open(Runnable over) {
		over.run();
	}

	@Override
	public String problem() {
		return "";
	}

	@Override
	public SinkState state() {
		return SinkState.OPEN;
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return CompletableFuture.completedFuture(null);
	}

}
