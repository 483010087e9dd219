package io.scalesrpc.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.time.Ticker;

/**
 * Bounds how many calls of a client are in flight; one more ends at once as
 * {@link FailureKind#NOT_SENT} and is not sent again. There is no queue: see decision 20.
 * <em>Thread-safe</em>, without locks.
 */
@Internal
public final class ConcurrencyLimitFilter implements CallFilter {

	private final ConcurrencyLimitSettings settings;

	private final Limit limit;

	private final ClientMetrics metrics;

	private final Ticker ticker;

	private final AtomicInteger inFlight;

	/**
	 * Creates the filter of one client.
	 * @param settings how many calls may be in flight
	 * @param metrics counts those that were refused
	 * @param ticker tells how long calls take
	 * @param random spreads what an adaptive limit does now and then
	 */
	public ConcurrencyLimitFilter(ConcurrencyLimitSettings settings, ClientMetrics metrics, Ticker ticker,
			RandomGenerator random) {
		this(settings, metrics, ticker, random, new AtomicInteger());
	}

	/**
	 * Creates the filter of one client, which takes the place of another.
	 * @param settings how many calls may be in flight
	 * @param metrics counts those that were refused
	 * @param ticker tells how long calls take
	 * @param random spreads what an adaptive limit does now and then
	 * @param inFlight how many calls are in flight, those of the other one included
	 */
	public ConcurrencyLimitFilter(ConcurrencyLimitSettings settings, ClientMetrics metrics, Ticker ticker,
			RandomGenerator random, AtomicInteger inFlight) {
		this.inFlight = inFlight;
		this.settings = settings;
		this.limit = settings.adaptive() ? new VegasLimit(settings.most(), random, ticker.nanos())
				: new FixedLimit(settings.max());
		this.metrics = metrics;
		this.ticker = ticker;
		metrics.gauge(MeterNames.CONCURRENCY_IN_FLIGHT, this.inFlight, AtomicInteger::get);
		metrics.gauge(MeterNames.CONCURRENCY_LIMIT, this.limit, Limit::now);
	}

	@Override
	public void filter(Call call, Sink next) {
		if (call.isEnded()) {
			// Refused above, and on its way for those who count: it takes no place.
			next.dispatch(call);
			return;
		}
		int most = this.limit.now();
		int entered = enter(most);
		if (entered > 0) {
			long start = this.ticker.nanos();
			call.onOutcome((ended, outcome) -> leave(ended, start, entered, outcome));
			next.dispatch(call);
		}
		else {
			this.metrics.count(Event.OVER_LIMIT);
			call.end(refusal(most));
		}
	}

	/** Enters and tells how many are in, or 0 if there is no room. */
	private int enter(int most) {
		int seen = this.inFlight.get();
		while (seen < most) {
			int found = this.inFlight.compareAndExchange(seen, seen + 1);
			if (found == seen) {
				return seen + 1;
			}
			seen = found;
		}
		return 0;
	}

	private void leave(Call call, long start, int entered, Outcome outcome) {
		this.inFlight.decrementAndGet();
		boolean overloaded = outcome instanceof Failure failure
				&& (failure.nack() || (failure.kind() == FailureKind.TIMEOUT && !call.isHurried(failure)));
		if (overloaded || outcome.answered()) {
			this.limit.learn(start, call.endedNanos(this.ticker), entered, overloaded);
		}
	}

	private Failure refusal(int most) {
		return Failure.withheld("calls in flight: " + most + " (expected: fewer than " + most + "; concurrency-limit."
				+ (this.settings.adaptive() ? "adaptive" : "max") + ")");
	}

}
