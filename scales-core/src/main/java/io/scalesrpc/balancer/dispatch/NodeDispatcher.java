package io.scalesrpc.balancer.dispatch;

import java.util.function.Consumer;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.OwnObserver;
import io.scalesrpc.call.SinkState;
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
 * @param allMembersDown over when a member answers
 */
record NodeDispatcher(Picker picker, Ticker ticker, ClientMetrics metrics, AllMembersDown allMembersDown) {

	/**
	 * Sends a call, unless there are no nodes.
	 * @param call the call
	 * @param unreached told the call if its member is down: it was not sent, and goes on
	 */
	boolean send(Call call, Consumer<Call> unreached) {
		long sent = this.ticker.nanos();
		Node node = this.picker.pick(call, sent);
		if (node == null) {
			return false;
		}
		SinkState state = node.state();
		if (state == SinkState.OPEN) {
			dispatch(node, call, sent);
		}
		else if (state == SinkState.CLOSED) {
			node.freeTrial(sent);
			this.picker.ended(node, call, sent, sent);
			call.target(node.member());
			unreached.accept(call);
		}
		else {
			dispatch(node, attempt(node, call, unreached), sent);
		}
		return true;
	}

	/**
	 * Where a connection is still to be opened an attempt of the call is sent: if it
	 * comes back since there is none, the call goes on.
	 */
	private static Call attempt(Node node, Call call, Consumer<Call> unreached) {
		Call attempt = call.attempt(call.deadline());
		// Told last: the load has been taken back by then.
		attempt.onOutcome((ended, outcome) -> {
			boolean unsent = outcome instanceof Failure failure && failure.kind() == FailureKind.NOT_SENT
					&& !failure.nack() && !failure.nonRetryable();
			if (unsent && node.state() == SinkState.CLOSED && !call.isEnded()) {
				unreached.accept(call);
			}
			else {
				call.end(outcome);
			}
		});
		return attempt;
	}

	/**
	 * Sends a call to the node that its caller has chosen, whatever its state. The picker
	 * has no part in it; others see the load of the node.
	 * @param node the node
	 * @param call the call
	 */
	void sendTo(Node node, Call call) {
		long sent = this.ticker.nanos();
		node.acquire(sent);
		call.target(node.member());
		this.metrics.count(Event.ATTEMPT);
		call.onOutcome((ended, outcome) -> {
			node.release();
			learn(node, ended, outcome, sent);
		});
		node.sink().dispatch(call);
	}

	private void dispatch(Node node, Call call, long sent) {
		call.target(node.member());
		this.metrics.count(Event.ATTEMPT);
		call.onOutcome(new Sent(this, node, sent));
		node.sink().dispatch(call);
	}

	/** Tells everybody but the picker, and returns the time. */
	private long learn(Node node, Call call, Outcome outcome, long sent) {
		long now = call.endedNanos(this.ticker);
		node.learn(call, outcome, now - sent, now);
		this.metrics.attempt(node, outcome, now - sent);
		if (outcome.answered()) {
			this.allMembersDown.over();
		}
		return now;
	}

	/** An attempt that was sent to a node. <em>Immutable</em>. */
	private static final class Sent extends OwnObserver {

		private final NodeDispatcher nodeDispatcher;

		private final Node node;

		private final long time;

		Sent(NodeDispatcher nodeDispatcher, Node node, long time) {
			this.nodeDispatcher = nodeDispatcher;
			this.node = node;
			this.time = time;
		}

		@Override
		public void ended(Call call, Outcome outcome) {
			long now = this.nodeDispatcher.learn(this.node, call, outcome, this.time);
			this.nodeDispatcher.picker().ended(this.node, call, this.time, now);
		}

	}

}
