package io.scalesrpc.circuitbreaker;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Calls are refused until a time; the first one after it makes the breaker half-open, so
 * that nothing has to wake up. <em>Immutable</em>.
 *
 * @param breaker whose state it is
 * @param since since when, in nanoseconds of the ticker
 * @param until when the reset timeout is over
 * @param why what was too much
 */
record Open(CircuitBreaker breaker, long since, long until, String why) implements CircuitPeriod {

	@Override
	public CircuitState state() {
		return CircuitState.OPEN;
	}

	@Override
	public CircuitState seenAs(long now) {
		return isOver(now) ? CircuitState.HALF_OPEN : CircuitState.OPEN;
	}

	@Override
	public long since(long now) {
		return isOver(now) ? this.until : this.since;
	}

	@Override
	public @Nullable Failure admit(Call call) {
		long now = this.breaker.now();
		return isOver(now) ? this.breaker.halfOpen(this).admit(call) : CircuitPeriod.refusal(problem(now));
	}

	@Override
	public String problem(long now) {
		return isOver(now) ? "half-open, waiting for a probe: " + this.why
				: "open for " + left(now) + " ms more: " + this.why;
	}

	/** Not 0 while calls are refused. */
	private long left(long now) {
		return TimeUnit.NANOSECONDS.toMillis(this.until - now - 1) + 1;
	}

	private boolean isOver(long now) {
		return this.until - now <= 0;
	}

}
