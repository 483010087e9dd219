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
 * A call that waits for a shared call: it ends with that one's outcome, or by its own
 * deadline, and may be cancelled alone. <em>Thread-safe</em>.
 */
final class SharedCallWaiter implements Observer {

	private final CacheFilter stage;

	private final CacheLookup cacheLookup;

	private final SharedCall sharedCall;

	private volatile boolean timedOut;

	private SharedCallWaiter(CacheFilter stage, CacheLookup cacheLookup, SharedCall sharedCall) {
		this.stage = stage;
		this.cacheLookup = cacheLookup;
		this.sharedCall = sharedCall;
	}

	/** The shared call already counts the one that joins. */
	static void join(CacheFilter stage, CacheLookup cacheLookup, SharedCall sharedCall) {
		SharedCallWaiter sharedCallWaiter = new SharedCallWaiter(stage, cacheLookup, sharedCall);
		if (sharedCallWaiter.endsInTime()) {
			sharedCall.call().onOutcome(sharedCallWaiter);
		}
	}

	private boolean endsInTime() {
		Call call = this.cacheLookup.call();
		try {
			long left = call.deadline().remainingNanos(this.stage.tools().ticker().nanos());
			Timeout timeout = this.stage.tools().timer().schedule(this::expire, left, TimeUnit.NANOSECONDS);
			call.onOutcome((ended, outcome) -> {
				timeout.cancel();
				this.sharedCall.leave(this.timedOut);
			});
			return true;
		}
		catch (IllegalStateException ex) {
			// Without a timer the call might never end.
			call.end(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
			this.sharedCall.leave(false);
			return false;
		}
	}

	private void expire() {
		this.timedOut = true;
		fail(DeadlineFilter.noAnswer(this.cacheLookup.call().deadline()));
	}

	@Override
	public void ended(Call ended, Outcome outcome) {
		if (this.cacheLookup.call().isEnded()) {
			return;
		}
		if (outcome instanceof Reply reply) {
			answer(reply);
		}
		else if (outcome instanceof Failure failure) {
			if (failure.kind() == FailureKind.TIMEOUT && outlives(ended)) {
				// It came late to a call that was given up for others.
				this.stage.join(this.cacheLookup);
			}
			else {
				fail(failure);
			}
		}
	}

	private boolean outlives(Call ended) {
		return this.cacheLookup.call().deadline().expiryNanos() - ended.deadline().expiryNanos() > 0;
	}

	private void answer(Reply reply) {
		Outcome own;
		try {
			own = new Reply(this.sharedCall.copy(reply), reply.context());
		}
		catch (RuntimeException ex) {
			own = Failure.of(FailureKind.INTERNAL, "the answer cannot be copied for its callers: " + ex, ex);
		}
		this.cacheLookup.call().end(own);
	}

	private void fail(Failure failure) {
		Reply standIn = failure.kind().blamesServer() ? standIn() : null;
		if (standIn != null) {
			this.stage.metrics().count(Event.CACHE_STALE);
			this.cacheLookup.call().end(standIn);
			return;
		}
		Object target = this.sharedCall.call().target();
		if (target != null) {
			this.cacheLookup.call().target(target);
		}
		this.cacheLookup.call().end(failure);
	}

	private @Nullable Reply standIn() {
		CacheHit stale = this.sharedCall.stale();
		if (stale == null
				|| !stale.cachedResult().mayStandIn(this.cacheLookup.settings(), this.stage.tools().clock().millis())) {
			return null;
		}
		return Reply.of(this.cacheLookup.codec().decodeResult(stale.cachedResult().result()));
	}

}
