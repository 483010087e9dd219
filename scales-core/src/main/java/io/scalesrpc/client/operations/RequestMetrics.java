package io.scalesrpc.client.operations;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.StageObserver;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;

/**
 * The stage that measures calls as their callers see them. <em>Thread-safe</em>.
 */
@Internal
public final class RequestMetrics extends StageObserver implements CallFilter {

	private final ClientMetrics metrics;

	private final MinuteRecorder recorder;

	private final Ticker ticker;

	private final SourceLog source;

	/**
	 * Creates the stage of one client.
	 * @param metrics where calls are recorded
	 * @param recorder where those of the last minute are recorded
	 * @param ticker tells when they end
	 * @param source looked at now and then
	 */
	public RequestMetrics(ClientMetrics metrics, MinuteRecorder recorder, Ticker ticker, SourceLog source) {
		this.source = source;
		this.metrics = metrics;
		this.recorder = recorder;
		this.ticker = ticker;
	}

	@Override
	public void filter(Call call, Sink next) {
		call.onOutcome(this);
		this.source.look(call);
		next.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		long now = call.endedNanos(this.ticker);
		long nanos = call.deadline().elapsedNanos(now);
		this.recorder.ended(outcome, nanos, now);
		CallScope scope = call.scope();
		if (scope == null) {
			this.metrics.request(call.method(), outcome, nanos);
			return;
		}
		// For exemplars: the bucket of a histogram names a trace that is in it.
		CallScope.Restored traced = scope.trace();
		try {
			this.metrics.request(call.method(), outcome, nanos);
		}
		finally {
			traced.close();
		}
	}

}
