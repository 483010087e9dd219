package io.scalesrpc.breaker;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.time.SuccessWindow;
import io.scalesrpc.time.SuccessWindow.Tally;
import io.scalesrpc.time.Ticker;

/**
 * The member is in service; its calls are counted. The one observer of all calls of this
 * stay: those that end after it count for nothing, and the next stay begins at zero. A
 * call costs one compare-and-set; one that fails, one more and a look at ten words.
 * <em>Thread-safe</em>.
 */
final class Closed implements BreakerState, Observer {

	private final MemberBreaker breaker;

	private final MemberBreakerSettings settings;

	private final Ticker ticker;

	private final AtomicInteger failuresInARow = new AtomicInteger();

	private final SuccessWindow window;

	Closed(MemberBreaker breaker, MemberBreakerSettings settings, Ticker ticker) {
		this.breaker = breaker;
		this.settings = settings;
		this.ticker = ticker;
		this.window = new SuccessWindow(settings.successRate().window(), ticker.nanos());
	}

	/** Whether calls are counted at all. */
	boolean counts() {
		return this.settings.enabled();
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		switch (AttemptJudgement.of(call, outcome, this.breaker.member())) {
			case GOOD -> succeeded(call);
			case BAD -> failed(call, (Failure) outcome);
			case NONE -> {
			}
		}
	}

	@Override
	public String problem(long now) {
		return "";
	}

	private void succeeded(Call call) {
		if (this.failuresInARow.get() != 0) {
			this.failuresInARow.set(0);
		}
		this.window.succeeded(call.endedNanos(this.ticker));
	}

	private void failed(Call call, Failure failure) {
		long now = call.endedNanos(this.ticker);
		this.window.failed(now);
		int inARow = this.failuresInARow.incrementAndGet();
		if (inARow >= this.settings.consecutiveFailures()) {
			this.breaker.takeOut(this, call, inARow + " failures in a row", failure);
			return;
		}
		Tally tally = this.window.tally(now);
		if (this.settings.successRate().isMissed(tally.calls(), tally.failures())) {
			this.breaker.takeOut(this, call, tally.failures() + " failures among " + tally.calls() + " calls within "
					+ this.settings.successRate().window().toSeconds() + " s", failure);
		}
	}

}
