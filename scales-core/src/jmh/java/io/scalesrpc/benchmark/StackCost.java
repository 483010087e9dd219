package io.scalesrpc.benchmark;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.circuitbreaker.FailureRate;
import io.scalesrpc.circuitbreaker.SlowCalls;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.Role;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.retry.AttemptTimeout;
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

/**
 * What the stack costs a blocking call that is answered on the spot, by how much of it is
 * switched on. Run by {@code src/jmh/stack.sh}. <em>Confined to the benchmark's
 * thread</em>.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StackCost {

	private static final int MEMBERS = 12;

	/** How much of the stack is switched on. */
	@Param({ "NEXT_TO_NOTHING", "DEFAULTS", "EVERYTHING" })
	public Stages stages = Stages.DEFAULTS;

	private @Nullable ClientHandle<Echo> client;

	private Echo echo = (value) -> value;

	/** Makes the client. */
	@Setup(Level.Trial)
	public void open() {
		String members = IntStream.rangeClosed(1, MEMBERS)
			.mapToObj((port) -> "127.0.0.1:" + port)
			.collect(Collectors.joining(",", "tcp://", ""));
		ClientBuilder<Echo> builder = ScalesClients.builder(Echo.class)
			.protocol(new InstantProtocol())
			.uri(members)
			.meterRegistry(new SimpleMeterRegistry());
		this.stages.apply(builder);
		ClientHandle<Echo> made = builder.build();
		this.client = made;
		this.echo = made.proxy();
	}

	/** Closes it. */
	@TearDown(Level.Trial)
	public void close() {
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

	/** What is called. */
	public interface Echo {

		/** Returns something. */
		int echo(int value);

	}

	/** How much of the stack is switched on. <em>Immutable</em>. */
	public enum Stages {

		/** The deadline, the observation, round robin; nothing else that can be left out. */
		NEXT_TO_NOTHING {
			@Override
			void apply(ClientBuilder<?> builder) {
				builder.balancer(BalancerType.ROUND_ROBIN)
					.memberBreaker(MemberBreakerSettings.OFF)
					.throttling(ThrottlingSettings.OFF)
					.stack((stack) -> stack.replace(Role.RETRY, (call, next) -> next.dispatch(call)));
			}
		},

		/** As a client comes. */
		DEFAULTS {
			@Override
			void apply(ClientBuilder<?> builder) {
				// It comes like that.
			}
		},

		/** Every stage but the cache, which would answer, and chaos. */
		EVERYTHING {
			@Override
			void apply(ClientBuilder<?> builder) {
				builder.callOption(Idempotence.KEY, true)
					.callOption(AttemptTimeout.KEY, new AttemptTimeout(Duration.ofSeconds(1)))
					.callOption(HedgingSettings.KEY, HedgingSettings.DEFAULT)
					.callOption(CircuitBreakerSettings.KEY,
							CircuitBreakerSettings.DEFAULT
								.withFailureRate(new FailureRate(0.5, Duration.ofSeconds(30), 20))
								.withSlowCalls(new SlowCalls(Duration.ofSeconds(1), 0.5)))
					.concurrencyLimit(ConcurrencyLimitSettings.fixed(1000));
			}
		};

		abstract void apply(ClientBuilder<?> builder);

	}

}
