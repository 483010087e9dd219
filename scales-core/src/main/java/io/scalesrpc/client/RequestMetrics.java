package io.scalesrpc.client;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;

/**
 * The stage that measures calls as their callers see them. <em>Immutable</em>.
 *
 * @param metrics where they are recorded
 * @param ticker tells when they end
 */
record RequestMetrics(ClientMetrics metrics, Ticker ticker) implements CallFilter, Observer {

	@Override
	public void filter(Call call, Sink next) {
		call.onOutcome(this);
		next.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.metrics.request(call.method(), outcome, call.deadline().elapsedNanos(this.ticker.nanos()));
	}

}
