package io.scalesrpc.benchmark;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.observation.CallObservations;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.time.Ticker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the stage that observes calls costs one that nobody observes, since the registry
 * has no handlers, beside no stage at all. Run by {@code src/jmh/stack.sh
 * UnobservedCost}. <em>Confined to the benchmark's thread</em>.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class UnobservedCost {

	private final CallFilter stage = new CallObservations(ObservationSettings.of(ObservationRegistry.create()), "echo",
			"instant", Ticker.SYSTEM);

	private final Call call = Calls.call();

	private final Below below = new Below();

	/**
	 * Without the stage.
	 * @return what came below
	 */
	@Benchmark
	public Object none() {
		this.below.dispatch(this.call);
		return this.below.last;
	}

	/**
	 * With it.
	 * @return what came below
	 */
	@Benchmark
	public Object stage() {
		this.stage.filter(this.call, this.below);
		return this.below.last;
	}

	/** Where calls come to. <em>Confined to the benchmark's thread</em>. */
	public static final class Below implements Sink {

		private Object last = this;

		@Override
		@CompilerControl(CompilerControl.Mode.DONT_INLINE)
		public void dispatch(Call call) {
			this.last = call;
		}

		@Override
		public SinkState state() {
			return SinkState.OPEN;
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
		public CompletionStage<Void> close(Duration grace) {
			return CompletableFuture.completedFuture(null);
		}

	}

}
