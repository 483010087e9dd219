package io.scalesrpc.cache;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.timeout.DeadlineFilter;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for a flight: it ends with the flight's outcome, or by its own
 * deadline, and may be cancelled alone. <em>Thread-safe</em>.
 */
final class Passenger implements Observer {

	private final CacheFilter stage;

	private final Request request;

	private final Flight flight;

	private volatile boolean timedOut;

	private Passenger(CacheFilter stage, Request request, Flight flight) {
		this.stage = stage;
		this.request = request;
		this.flight = flight;
	}

	/** Who boards has entered the flight. */
	static void board(CacheFilter stage, Request request, Flight flight) {
		Passenger passenger = new Passenger(stage, request, flight);
		if (passenger.endsInTime()) {
			flight.call().onOutcome(passenger);
		}
	}

	private boolean endsInTime() {
		Call call = this.request.call();
		try {
			long left = call.deadline().remainingNanos(this.stage.tools().ticker().nanos());
			Timeout timeout = this.stage.tools().timer().schedule(this::expire, left, TimeUnit.NANOSECONDS);
			call.onOutcome((ended, outcome) -> {
				timeout.cancel();
				this.flight.leave(this.timedOut);
			});
			return true;
		}
		catch (IllegalStateException ex) {
			// Without a timer the call might never end.
			call.end(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
			this.flight.leave(false);
			return false;
		}
	}

	private void expire() {
		this.timedOut = true;
		fail(DeadlineFilter.noAnswer(this.request.call().deadline()));
	}

	@Override
	public void ended(Call ended, Outcome outcome) {
		if (this.request.call().isEnded()) {
			return;
		}
		if (outcome instanceof Reply reply) {
			answer(reply);
		}
		else if (outcome instanceof Failure failure) {
			if (failure.kind() == FailureKind.TIMEOUT && outlives(ended)) {
				// It came late to a call that was given up for others.
				this.stage.join(this.request);
			}
			else {
				fail(failure);
			}
		}
	}

	private boolean outlives(Call ended) {
		return this.request.call().deadline().expiryNanos() - ended.deadline().expiryNanos() > 0;
	}

	private void answer(Reply reply) {
		Outcome own;
		try {
			own = new Reply(this.flight.copy(reply), reply.context());
		}
		catch (RuntimeException ex) {
			own = Failure.of(FailureKind.INTERNAL, "the answer cannot be copied for its callers: " + ex, ex);
		}
		this.request.call().end(own);
	}

	private void fail(Failure failure) {
		Reply standIn = failure.kind().blamesServer() ? standIn() : null;
		if (standIn != null) {
			this.stage.metrics().count(Event.CACHE_STALE);
			this.request.call().end(standIn);
			return;
		}
		Object target = this.flight.call().target();
		if (target != null) {
			this.request.call().target(target);
		}
		this.request.call().end(failure);
	}

	private @Nullable Reply standIn() {
		Found stale = this.flight.stale();
		if (stale == null || !stale.entry().mayStandIn(this.request.settings(), this.stage.tools().clock().millis())) {
			return null;
		}
		return Reply.of(this.request.codec().decodeResult(stale.entry().result()));
	}

}
