package io.scalesrpc.balancer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.time.Ticker;

/**
 * Sends calls to the nodes a picker picks and tells both how they ended.
 * <em>Thread-safe</em>.
 *
 * @param picker chooses
 * @param ticker tells the time
 * @param metrics where attempts are counted
 */
record Attempts(Picker picker, Ticker ticker, ClientMetrics metrics) {

	/** Sends a call, unless there are no nodes. */
	boolean send(Call call) {
		long sent = this.ticker.nanos();
		Node node = this.picker.pick(call, sent);
		if (node == null) {
			return false;
		}
		call.target(node.member());
		this.metrics.count(Event.ATTEMPT);
		call.onOutcome((ended, outcome) -> ended(node, ended, sent));
		node.sink().dispatch(call);
		return true;
	}

	private void ended(Node node, Call call, long sent) {
		long now = this.ticker.nanos();
		Outcome outcome = call.outcome();
		if (outcome != null) {
			node.learn(outcome, now - sent, now);
		}
		this.picker.ended(node, call, sent, now);
	}

}
