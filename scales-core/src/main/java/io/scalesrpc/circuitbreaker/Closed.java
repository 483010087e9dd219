package io.scalesrpc.circuitbreaker;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Calls go through and are counted. The one observer of all calls of this stay, unless
 * slow ones count; those that end after it count for nothing, and the next stay begins at
 * zero. <em>Thread-safe</em>.
 */
final class Closed implements CircuitPeriod, Observer {

	private final CircuitBreaker breaker;

	private final long since;

	private final AtomicInteger failuresInARow = new AtomicInteger();

	private final RecentCalls recent;

	Closed(CircuitBreaker breaker, long now) {
		this.breaker = breaker;
		this.since = now;
		this.recent = new RecentCalls(breaker.settings(), now);
	}

	@Override
	public CircuitState state() {
		return CircuitState.CLOSED;
	}

	@Override
	public long since(long now) {
		return this.since;
	}

	@Override
	public @Nullable Failure admit(Call call) {
		// The deadline does not tell when the call began: it may be an inherited one.
		boolean isTimed = this.breaker.settings().slowCalls().duration() != null;
		call.onOutcome(isTimed ? new Timed(this, this.breaker.now()) : this);
		return null;
	}

	@Override
	public String problem(long now) {
		return "";
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		count(call, outcome, false);
	}

	int failuresInARow() {
		return this.failuresInARow.get();
	}

	RecentCalls recent() {
		return this.recent;
	}

	private void count(Call call, Outcome outcome, boolean isSlow) {
		switch (CallJudgement.of(call, outcome)) {
			case ANSWERED -> answered(isSlow, this.breaker.ended(call));
			case FAILED -> failed((Failure) outcome, isSlow, this.breaker.ended(call));
			case NOTHING -> {
			}
		}
	}

	private void answered(boolean isSlow, long now) {
		if (this.failuresInARow.get() != 0) {
			this.failuresInARow.set(0);
		}
		String tooMany = this.recent.add(false, isSlow, now);
		if (tooMany != null) {
			this.breaker.open(this, tooMany);
		}
	}

	private void failed(Failure failure, boolean isSlow, long now) {
		int inARow = this.failuresInARow.incrementAndGet();
		String tooMany = this.recent.add(true, isSlow, now);
		if (inARow >= this.breaker.settings().failMax()) {
			tooMany = (inARow == 1) ? "a failure" : inARow + " failures in a row";
		}
		if (tooMany != null) {
			this.breaker.open(this, tooMany + last(failure));
		}
	}

	static String last(Failure failure) {
		return " (last: " + failure.kind() + " " + PeerText.printable(failure.reason()) + ")";
	}

	/**
	 * The observer of a call whose time counts. <em>Immutable</em>.
	 *
	 * @param stay where it is counted
	 * @param start when it came by, in nanoseconds of the ticker
	 */
	private record Timed(Closed stay, long start) implements Observer {

		@Override
		public void ended(Call call, Outcome outcome) {
			this.stay.count(call, outcome, this.stay.breaker.isSlow(call, this.start));
		}

	}

}
