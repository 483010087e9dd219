package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Timer.Timeout;

/**
 * A process that calls: it has a balancer of its own, deadlines, and neither retries nor
 * breakers, so that what the balancer does is seen. <em>Confined to the thread that runs
 * the world.</em>
 */
final class SimulatedClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Failure TIMED_OUT = Failure.of(FailureKind.TIMEOUT, "deadline");

	private final VirtualTime time;

	private final RandomGenerator random;

	private final List<SimulatedMethod> methods;

	private final Sink sink;

	private final Measurements measurements;

	private boolean stopped;

	SimulatedClient(VirtualTime time, RandomGenerator random, List<SimulatedMethod> methods, Sink sink,
			Measurements measurements) {
		this.time = time;
		this.random = random;
		this.methods = methods;
		this.sink = sink;
		this.measurements = measurements;
	}

	/** Calls a method, unless the client was stopped; tells whether it did. */
	boolean call(Runnable over) {
		if (this.stopped) {
			return false;
		}
		SimulatedMethod method = this.methods.get(this.random.nextInt(this.methods.size()));
		Call call = new Call(method, new Object[0], Deadline.after(TIMEOUT, this.time.nanos()), Context.empty());
		Timeout timeout = this.time.after(TIMEOUT.toNanos(), () -> call.end(TIMED_OUT));
		long started = this.time.elapsed();
		this.measurements.started();
		call.onOutcome((ended, outcome) -> {
			timeout.cancel();
			this.measurements.ended(started, this.time.elapsed(), outcome);
			over.run();
		});
		this.sink.dispatch(call);
		return true;
	}

	void stop() {
		this.stopped = true;
	}

	void close() {
		this.sink.close(Duration.ZERO);
	}

}
