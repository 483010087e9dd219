package io.scalesrpc.circuitbreaker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Ticker;

/**
 * One circuit breaker; {@link CircuitPeriod} has its transitions. <em>Thread-safe</em>,
 * without locks: while it is closed a call costs a volatile read and an observer.
 */
final class CircuitBreaker implements CallFilter {

	private volatile CircuitBreakerSettings settings;

	private final Ticker ticker;

	private final Transitions transitions;

	private final AtomicReference<CircuitPeriod> stay;

	CircuitBreaker(CircuitBreakerSettings settings, Ticker ticker, Transitions transitions) {
		this.settings = settings;
		this.ticker = ticker;
		this.transitions = transitions;
		this.stay = new AtomicReference<>(new Closed(this, ticker.nanos()));
		transitions.showState(this, CircuitBreaker::state);
	}

	@Override
	public void filter(Call call, Sink next) {
		if (call.isEnded()) {
			return;
		}
		Failure refusal = current().admit(call);
		if (refusal == null) {
			next.dispatch(call);
		}
		else {
			this.transitions.refused();
			call.happened(CallEvent.CIRCUIT_BREAKER, refusal);
			call.end(refusal);
		}
	}

	CircuitBreakerSettings settings() {
		return this.settings;
	}

	/** Takes over other settings; what was counted by the old ones is forgotten. */
	void become(CircuitBreakerSettings changed) {
		if (changed.equals(this.settings)) {
			return;
		}
		this.settings = changed;
		CircuitPeriod seen = current();
		if (seen instanceof Closed) {
			this.stay.compareAndSet(seen, new Closed(this, now()));
		}
	}

	/** It is in charge of nothing any more. */
	void hide() {
		this.transitions.hideState();
	}

	long now() {
		return this.ticker.nanos();
	}

	long ended(Call call) {
		return call.endedNanos(this.ticker);
	}

	boolean isSlow(Call call, long start) {
		return this.settings.slowCalls().isSlow(ended(call) - start);
	}

	/** From then on calls are refused for the reset timeout. */
	void open(CircuitPeriod from, String why) {
		become(from, opened(why), why);
	}

	void close(HalfOpen from) {
		become(from, new Closed(this, now()), "answered");
	}

	/** The first call after the wait; what the state is then, whoever changed it. */
	CircuitPeriod halfOpen(Open from) {
		become(from, new HalfOpen(this, now(), from.why()), "the reset timeout is over");
		return current();
	}

	/** An operator's word counts in any state. */
	void set(CircuitState to, String who) {
		String why = "set by " + who;
		CircuitPeriod next = switch (to) {
			case CLOSED -> new Closed(this, now());
			case OPEN -> opened(why);
			case HALF_OPEN -> new HalfOpen(this, now(), why);
			case FORCED_OPEN -> new ForcedOpen(now(), why);
			case DISABLED -> new Disabled(now());
		};
		CircuitPeriod before = Objects.requireNonNull(this.stay.getAndSet(next));
		this.transitions.byOperator(before.state(), to, why);
	}

	CircuitState state() {
		return current().seenAs(now());
	}

	CircuitBreakerView view() {
		CircuitPeriod seen = current();
		long now = now();
		Duration age = Duration.ofNanos(Math.max(0, now - seen.since(now)));
		if (seen instanceof Closed closed) {
			return new CircuitBreakerView(this.transitions.scope(), CircuitState.CLOSED, age, closed.failuresInARow(),
					closed.recent().failureRate(now), closed.recent().slowCallRate(now), "");
		}
		return new CircuitBreakerView(this.transitions.scope(), seen.seenAs(now), age, 0, null, null,
				seen.problem(now));
	}

	private Open opened(String why) {
		long now = now();
		return new Open(this, now, now + this.settings.resetTimeout().toNanos(), why);
	}

	private CircuitPeriod current() {
		return Objects.requireNonNull(this.stay.get());
	}

	private void become(CircuitPeriod from, CircuitPeriod to, String why) {
		if (this.stay.compareAndSet(from, to)) {
			this.transitions.made(from.state(), to.state(), why);
		}
	}

}
