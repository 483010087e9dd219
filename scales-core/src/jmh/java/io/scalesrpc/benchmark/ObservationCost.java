package io.scalesrpc.benchmark;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.observation.ObservationSettings;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.MDC;

/**
 * What it costs a blocking call that is answered on the spot that somebody observes it,
 * and that it carries what its caller's thread has. Run by {@code src/jmh/stack.sh
 * ObservationCost}. <em>Confined to the benchmark's thread</em>.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ObservationCost {

	/** Who is told of calls. */
	@Param({ "NO_REGISTRY", "NO_HANDLER", "TIMER", "TRACED_UNSAMPLED", "TRACED" })
	public Observers observers = Observers.NO_REGISTRY;

	/** What is carried: nothing is asked for, nothing is there, or a field of the MDC. */
	@Param({ "OFF" })
	public Carried carried = Carried.OFF;

	private @Nullable ClientHandle<StackCost.Echo> client;

	private StackCost.Echo echo = (value) -> value;

	/** Makes the client. */
	@Setup(Level.Trial)
	public void open() {
		ClientHandle<StackCost.Echo> made = ScalesClients.builder(StackCost.Echo.class)
			.protocol(new InstantProtocol())
			.uri("tcp://127.0.0.1:1,127.0.0.1:2")
			.meterRegistry(new SimpleMeterRegistry())
			.observations(ObservationSettings.of(this.observers.registry()))
			.contextPropagation(this.carried != Carried.OFF)
			.build();
		this.client = made;
		this.echo = made.proxy();
		if (this.carried == Carried.MDC) {
			MDC.put("user", "alice");
		}
	}

	/** Closes it. */
	@TearDown(Level.Trial)
	public void close() {
		MDC.clear();
		Objects.requireNonNull(this.client).close();
	}

	/**
	 * One call.
	 * @return the answer, so that nothing is optimised away
	 */
	@Benchmark
	public int call() {
		return this.echo.echo(1);
	}

	/** What a call carries. <em>Immutable</em>. */
	public enum Carried {

		/** Nothing: it is switched off. */
		OFF,

		/** Nothing: there is nothing. */
		NOTHING,

		/** A field of the MDC. */
		MDC

	}

}
