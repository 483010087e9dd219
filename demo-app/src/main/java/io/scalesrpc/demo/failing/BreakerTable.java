package io.scalesrpc.demo.failing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.circuitbreaker.Surroundings;
import io.scalesrpc.metrics.ClientMetrics;

/**
 * The life of a circuit breaker that opens after two failures for 30 seconds, line by
 * line, on a clock that somebody turns: what takes a minute is told at once. <em>Confined
 * to the thread that tells it</em>.
 */
final class BreakerTable {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final MethodSpec METHOD = new Method("Pricing", "price", false);

	private final List<BreakerLine> lines = new ArrayList<>();

	private final CircuitBreakers breakers;

	private Duration now = Duration.ZERO;

	BreakerTable() {
		CircuitBreakerSettings settings = CircuitBreakerSettings.DEFAULT.withFailMax(2)
			.withResetTimeout(Duration.ofSeconds(30));
		ClientMetrics metrics = new ClientMetrics(new SimpleMeterRegistry(), "pricing", "none");
		this.breakers = new CircuitBreakers(CallOptions.of(CircuitBreakerSettings.KEY, settings), Map.of(),
				new Surroundings("pricing", metrics, () -> this.now.toNanos(), List.of(), Runnable::run));
	}

	/** The story as it is always told. */
	static List<BreakerLine> tell() {
		BreakerTable table = new BreakerTable();
		table.call(0, Service.WELL);
		table.call(0, Service.WELL);
		table.call(0, Service.SILENT);
		table.call(3, Service.FAILING);
		table.call(4, Service.FAILING);
		table.call(32, Service.FAILING);
		table.call(33, Service.FAILING);
		table.call(34, Service.FAILING);
		table.call(62, Service.WELL);
		table.call(63, Service.WELL);
		table.call(64, Service.WELL);
		return table.lines;
	}

	private void call(long second, Service service) {
		this.now = Duration.ofSeconds(second);
		String before = breaker().state().toString();
		Deadline deadline = Deadline.after(TIMEOUT, this.now.toNanos());
		Call call = new Call(METHOD, new Object[] { "anvil" }, deadline, Context.empty(),
				this.breakers.inCharge("price", "price"));
		this.breakers.stage().filter(call, new Backend(() -> answer(call, service)));
		CircuitBreakerView after = breaker();
		this.lines.add(new BreakerLine(second, service.name().toLowerCase(Locale.ROOT), before, result(call),
				this.now.toSeconds() - second, after.state().toString(), after.failuresInARow()));
	}

	private CircuitBreakerView breaker() {
		return this.breakers.views().get(0);
	}

	private void answer(Call call, Service service) {
		switch (service) {
			case WELL -> call.end(Reply.of("129.99 EUR"));
			case FAILING -> call.end(Failure.of(FailureKind.REMOTE, "server error"));
			case SILENT -> {
				this.now = this.now.plus(TIMEOUT);
				call.end(Failure.of(FailureKind.TIMEOUT, "no answer within 3 s"));
			}
		}
	}

	private static String result(Call call) {
		return (call.outcome() instanceof Failure failure) ? failure.reason() : "answered";
	}

	/** What the service does with a call. */
	private enum Service {

		WELL, SILENT, FAILING

	}

	/** What is called. <em>Immutable</em>. */
	private record Method(String service, String name, boolean oneway) implements MethodSpec {
	}

	/**
	 * What stands below the breaker. <em>Confined to the thread that tells</em>.
	 *
	 * @param answer ends the call
	 */
	private record Backend(Runnable answer) implements Sink {

		@Override
		public void dispatch(Call call) {
			this.answer.run();
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

}
