package io.scalesrpc.circuitbreaker;

import java.time.Duration;

import io.scalesrpc.time.SuccessWindow;
import io.scalesrpc.time.SuccessWindow.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The shares of failed and of slow calls within the window, each only if somebody asked
 * for it. <em>Thread-safe</em>, without locks; a call costs one compare-and-set for each
 * share.
 */
final class RecentCalls {

	private final CircuitBreakerSettings settings;

	private final @Nullable SuccessWindow failed;

	private final @Nullable SuccessWindow slow;

	RecentCalls(CircuitBreakerSettings settings, long now) {
		Duration window = settings.failureRate().window();
		this.settings = settings;
		this.failed = (settings.failureRate().threshold() != null) ? new SuccessWindow(window, now) : null;
		this.slow = (settings.slowCalls().duration() != null) ? new SuccessWindow(window, now) : null;
	}

	/**
	 * Counts a call.
	 * @param isFailed whether it failed
	 * @param isSlow whether it was slow
	 * @param now the time
	 * @return what is too much since this call, or {@code null}
	 */
	@Nullable String add(boolean isFailed, boolean isSlow, long now) {
		count(this.failed, isFailed, now);
		count(this.slow, isSlow, now);
		String tooMany = isFailed ? tooManyFailed(now) : null;
		return (tooMany != null || !isSlow) ? tooMany : tooManySlow(now);
	}

	@Nullable Double failureRate(long now) {
		return rate(this.failed, now);
	}

	@Nullable Double slowCallRate(long now) {
		return rate(this.slow, now);
	}

	private @Nullable String tooManyFailed(long now) {
		Double threshold = this.settings.failureRate().threshold();
		return (this.failed != null && threshold != null) ? excess(this.failed.tally(now), threshold, "failed") : null;
	}

	private @Nullable String tooManySlow(long now) {
		Duration duration = this.settings.slowCalls().duration();
		return (this.slow != null && duration != null) ? excess(this.slow.tally(now), this.settings.slowCalls().rate(),
				"took " + duration.toMillis() + " ms or longer") : null;
	}

	private @Nullable String excess(Tally tally, double share, String what) {
		FailureRate terms = this.settings.failureRate();
		boolean isTooMuch = tally.calls() >= terms.minCalls() && tally.failures() >= share * tally.calls();
		return isTooMuch ? tally.failures() + " of " + tally.calls() + " calls within " + terms.window().toSeconds()
				+ " s " + what : null;
	}

	private static void count(@Nullable SuccessWindow window, boolean isBad, long now) {
		if (window == null) {
			return;
		}
		if (isBad) {
			window.failed(now);
		}
		else {
			window.succeeded(now);
		}
	}

	private static @Nullable Double rate(@Nullable SuccessWindow window, long now) {
		Tally tally = (window != null) ? window.tally(now) : null;
		return (tally != null && tally.calls() > 0) ? (double) tally.failures() / tally.calls() : null;
	}

}
