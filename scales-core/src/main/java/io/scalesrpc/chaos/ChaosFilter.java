package io.scalesrpc.chaos;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Does to attempts what their {@link ChaosSettings} say, and says so in their failures.
 * An attempt that is held back goes on by the timer's thread, unless it has ended.
 * <em>Thread-safe</em>.
 */
@Internal
public final class ChaosFilter implements CallFilter {

	/** The name of the member that is pretended to have failed. */
	private static final String MEMBER = "chaos";

	private final ClientMetrics metrics;

	private final RandomGenerator random;

	private final HeldCalls held;

	/**
	 * Creates the filter of one client.
	 * @param metrics counts what is done
	 * @param timer lets go of what is held back
	 * @param random chooses the attempts
	 */
	public ChaosFilter(ClientMetrics metrics, Timer timer, RandomGenerator random) {
		this.metrics = metrics;
		this.random = random;
		this.held = new HeldCalls(timer);
	}

	@Override
	public void filter(Call call, Sink next) {
		ChaosSettings settings = call.options().get(ChaosSettings.KEY);
		if (!settings.isOn() || call.isEnded()) {
			next.dispatch(call);
			return;
		}
		Failure failure = failure(settings);
		if (hits(settings.latency().percent())) {
			hold(call, settings.latency(), () -> goOn(call, failure, next));
		}
		else {
			goOn(call, failure, next);
		}
	}

	private void goOn(Call call, @Nullable Failure failure, Sink next) {
		if (failure == null) {
			next.dispatch(call);
			return;
		}
		// It stands in for a member: where none was chosen, retries and breakers take a
		// failure for a refusal of our own.
		call.target(MEMBER);
		if (call.end(failure)) {
			this.metrics.count(failure.nack() ? Event.CHAOS_NACK : Event.CHAOS_FAILURE);
		}
	}

	/** How the attempt is made to fail, if it is: one draw for both, as they add up. */
	private @Nullable Failure failure(ChaosSettings settings) {
		double nacks = settings.nackPercent();
		double failures = settings.failure().percent();
		if (nacks + failures == 0) {
			return null;
		}
		double drawn = this.random.nextDouble() * 100;
		if (drawn < nacks) {
			return Failure.nack(FailureKind.NOT_SENT, "refused (injected by chaos)", false);
		}
		FailureKind kind = settings.failure().kind();
		return (drawn < nacks + failures) ? Failure.of(kind, kind + " (injected by chaos)") : null;
	}

	private void hold(Call call, InjectedLatency latency, Runnable goOn) {
		if (this.held.tryHold(call, delay(latency), goOn)) {
			this.metrics.count(Event.CHAOS_LATENCY);
		}
	}

	private boolean hits(double percent) {
		return percent > 0 && this.random.nextDouble() * 100 < percent;
	}

	private long delay(InjectedLatency latency) {
		Duration jitter = latency.jitter();
		return latency.delay().toNanos() + (jitter.isZero() ? 0 : (long) (jitter.toNanos() * this.random.nextDouble()));
	}

}
