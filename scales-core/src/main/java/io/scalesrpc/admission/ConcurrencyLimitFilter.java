package io.scalesrpc.admission;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;

/**
 * Bounds how many calls of a client are in flight; one more ends at once as
 * {@link FailureKind#NOT_SENT} and is not sent again. There is no queue: see decision 20.
 * <em>Thread-safe</em>, without locks.
 */
public final class ConcurrencyLimitFilter implements CallFilter, Observer {

	private final int max;

	private final ClientMetrics metrics;

	private final AtomicInteger inFlight = new AtomicInteger();

	/**
	 * Creates the filter of one client.
	 * @param max how many calls may be in flight, 1 or more
	 * @param metrics counts those that were refused
	 * @throws IllegalArgumentException if {@code max} is below 1
	 */
	public ConcurrencyLimitFilter(int max, ClientMetrics metrics) {
		Checks.require(max >= 1, "max", max, ">= 1");
		this.max = max;
		this.metrics = metrics;
		metrics.gauge(MeterNames.CONCURRENCY_IN_FLIGHT, this.inFlight, AtomicInteger::get);
		metrics.gauge(MeterNames.CONCURRENCY_LIMIT, this, (filter) -> filter.max);
	}

	@Override
	public void filter(Call call, Sink next) {
		if (enters()) {
			call.onOutcome(this);
			next.dispatch(call);
		}
		else {
			this.metrics.count(Event.OVER_LIMIT);
			call.end(Failure.withheld("calls in flight: " + this.max + " (expected: fewer than " + this.max
					+ "; concurrency-limit.max)"));
		}
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.inFlight.decrementAndGet();
	}

	private boolean enters() {
		int seen = this.inFlight.get();
		while (seen < this.max) {
			int found = this.inFlight.compareAndExchange(seen, seen + 1);
			if (found == seen) {
				return true;
			}
			seen = found;
		}
		return false;
	}

}
