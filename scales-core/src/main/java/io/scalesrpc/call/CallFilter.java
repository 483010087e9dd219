package io.scalesrpc.call;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * One concern around the way of a call: looks at it, changes it, observes its outcome,
 * sends it on, or ends it without sending it. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
public interface CallFilter {

	/**
	 * Handles a call. Never blocks and never throws; must send the call to {@code next}
	 * or end it.
	 * @param call the call
	 * @param next the rest of the stack
	 */
	void filter(Call call, Sink next);

	/**
	 * Puts this filter in front of a sink.
	 * @param next the sink below
	 * @return a sink that filters, and in all else is the sink below
	 */
	default Sink over(Sink next) {
		return new Sink() {

			@Override
			public void dispatch(Call call) {
				filter(call, next);
			}

			@Override
			public SinkState state() {
				return next.state();
			}

			@Override
			public void open(Runnable over) {
				next.open(over);
			}

			@Override
			public String problem() {
				return next.problem();
			}

			@Override
			public long problemNanos() {
				return next.problemNanos();
			}

			@Override
			public int connections() {
				return next.connections();
			}

			@Override
			public CompletionStage<Void> close(Duration grace) {
				return next.close(grace);
			}

		};
	}

}
