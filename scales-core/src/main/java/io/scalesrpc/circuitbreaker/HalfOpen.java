package io.scalesrpc.circuitbreaker;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A few calls, the probes, decide whether the breaker closes: all of them must be
 * answered. A probe that says nothing, such as one that was cancelled, gives its place
 * back: so the breaker is never stuck here. <em>Thread-safe</em>.
 */
final class HalfOpen implements CircuitPeriod {

	private final CircuitBreaker breaker;

	private final long since;

	private final String why;

	private final AtomicInteger free;

	private final AtomicInteger unanswered;

	HalfOpen(CircuitBreaker breaker, long now, String why) {
		this.breaker = breaker;
		this.since = now;
		this.why = why;
		this.free = new AtomicInteger(breaker.settings().halfOpenCalls());
		this.unanswered = new AtomicInteger(breaker.settings().halfOpenCalls());
	}

	@Override
	public CircuitState state() {
		return CircuitState.HALF_OPEN;
	}

	@Override
	public long since(long now) {
		return this.since;
	}

	@Override
	public @Nullable Failure admit(Call call) {
		if (!takePlace()) {
			return CircuitPeriod.refusal(problem(this.breaker.now()));
		}
		call.onOutcome(new Probe(this, this.breaker.now()));
		return null;
	}

	@Override
	public String problem(long now) {
		return "half-open, " + ((this.free.get() > 0) ? "waiting for a probe" : "being probed") + ": " + this.why;
	}

	private boolean takePlace() {
		int seen = this.free.get();
		while (seen > 0) {
			int found = this.free.compareAndExchange(seen, seen - 1);
			if (found == seen) {
				return true;
			}
			seen = found;
		}
		return false;
	}

	private void answered(boolean isSlow) {
		if (isSlow) {
			this.breaker.open(this, "a probe was slow");
		}
		else if (this.unanswered.decrementAndGet() == 0) {
			this.breaker.close(this);
		}
	}

	/**
	 * The observer of a probe. <em>Immutable</em>.
	 *
	 * @param stay what it decides
	 * @param start when the probe came by, in nanoseconds of the ticker
	 */
	private record Probe(HalfOpen stay, long start) implements Observer {

		@Override
		public void ended(Call call, Outcome outcome) {
			switch (CallJudgement.of(call, outcome)) {
				case ANSWERED -> this.stay.answered(this.stay.breaker.isSlow(call, this.start));
				case FAILED -> this.stay.breaker.open(this.stay, "a probe failed" + Closed.last((Failure) outcome));
				case NOTHING -> this.stay.free.incrementAndGet();
			}
		}

	}

}
