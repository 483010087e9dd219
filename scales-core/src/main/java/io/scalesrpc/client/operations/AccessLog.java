package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.StageObserver;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The stage that logs calls that are slow or fail, a share of them, by the logger
 * {@code scales.client.<name>.access}; with what the caller's MDC had, and the trace.
 * Arguments and results are never in it. <em>Thread-safe</em>.
 */
@Internal
public final class AccessLog extends StageObserver implements CallFilter {

	private final ClientLog log;

	private final AccessLogSettings settings;

	private final Ticker ticker;

	private final RandomGenerator random;

	private final long slowNanos;

	/**
	 * Creates the stage of one client.
	 * @param client the client's name
	 * @param settings which calls are logged
	 * @param ticker tells when calls end
	 * @param random chooses those that are logged
	 */
	public AccessLog(String client, AccessLogSettings settings, Ticker ticker, RandomGenerator random) {
		this.log = new ClientLog(client, "access", ticker);
		this.settings = settings;
		this.ticker = ticker;
		this.random = random;
		Duration slow = settings.slow();
		this.slowNanos = (slow != null) ? slow.toNanos() : Long.MAX_VALUE;
	}

	@Override
	public void filter(Call call, Sink next) {
		call.onOutcome(this);
		next.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		long nanos = call.deadline().elapsedNanos(call.endedNanos(this.ticker));
		Failure failure = (outcome instanceof Failure failed && failed.kind() != FailureKind.DECLARED) ? failed : null;
		boolean wanted = nanos >= this.slowNanos || (failure != null && this.settings.failed());
		if (wanted && this.log.isOn(Level.WARN)
				&& (this.settings.sample() == 1 || this.random.nextDouble() < this.settings.sample())) {
			write(call, failure, nanos / 1_000_000);
		}
	}

	/** All that changes is read now, on the thread that ends the call. */
	private void write(Call call, @Nullable Failure failure, long millis) {
		String method = call.method().service() + "/" + call.method().name();
		int attempts = call.attempts();
		Object member = call.target();
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("scales.method", method);
		values.put("scales.kind", (failure != null) ? failure.kind().name().toLowerCase(Locale.ROOT) : "none");
		values.put("scales.millis", millis);
		values.put("scales.attempts", attempts);
		Supplier<String> text = () -> method + ((failure != null) ? " failed after " : " took ") + millis + " ms, "
				+ attempts + ((attempts == 1) ? " attempt" : " attempts")
				+ ((member != null) ? ", the last at " + member : "")
				+ ((failure != null) ? ": " + failure.kind() + ": " + failure.reason() : "");
		this.log.tellAside(Level.WARN, member, text, values, around(call));
	}

	/** The thread that writes has what the caller's had, and the trace of the call. */
	private static Supplier<Runnable> around(Call call) {
		CallScope scope = call.scope();
		return () -> {
			if (scope == null) {
				return () -> {
				};
			}
			CallScope.Restored restored = scope.restore();
			CallScope.Restored traced = scope.trace();
			return () -> {
				traced.close();
				restored.close();
			};
		};
	}

}
