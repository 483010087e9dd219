package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;

/**
 * Says of a member that is connected and fails that it is busy, so that balancers prefer
 * others, and lets it back by one probe. It sends on whatever it is given: a member that
 * is out and is called all the same, because nobody better is left, may well answer
 * (Finagle's failure accrual fails open, too). {@link BreakerState} has the transitions.
 * <p>
 * <em>Thread-safe</em>, without locks: while the member is in service, dispatching and
 * asking for the state cost one volatile read each.
 */
final class MemberBreaker implements Sink {

	private final Sink member;

	private final BreakerTerms terms;

	private final Ejections ejections;

	private final AtomicReference<BreakerState> state;

	MemberBreaker(Sink member, BreakerTerms terms, Ejections ejections) {
		this.member = member;
		this.terms = terms;
		this.ejections = ejections;
		this.state = new AtomicReference<>(closed());
	}

	@Override
	public void dispatch(Call call) {
		BreakerState now = current();
		if (now instanceof Closed closed) {
			call.onOutcome(closed);
		}
		else if (now instanceof Open open && open.isHalfOpen(this.terms.ticker().nanos())) {
			probe(open, call);
		}
		this.member.dispatch(call);
	}

	/** The member's own; but busy, and not better, while the member is out. */
	@Override
	public SinkState state() {
		SinkState own = this.member.state();
		BreakerState now = current();
		if (now instanceof Closed || !own.isAvailable()) {
			return own;
		}
		long time = this.terms.ticker().nanos();
		boolean probeIsFree = now instanceof Open open && open.isHalfOpen(time);
		return (probeIsFree || this.ejections.isPanic(time)) ? own : SinkState.BUSY;
	}

	@Override
	public void open(Runnable over) {
		this.member.open(over);
	}

	@Override
	public String problem() {
		long now = this.terms.ticker().nanos();
		String mine = current().problem(now);
		String below = this.member.problem();
		if (mine.isEmpty()) {
			return below;
		}
		String overruled = this.ejections.isPanic(now) ? ", overruled: more than half of the members are out or down"
				: "";
		return mine + overruled + (below.isEmpty() ? "" : "; " + below);
	}

	@Override
	public long problemNanos() {
		BreakerState now = current();
		Open out = (now instanceof Open open) ? open : (now instanceof Probing probing) ? probing.before() : null;
		return (out != null) ? Math.max(0, this.terms.ticker().nanos() - out.since()) : this.member.problemNanos();
	}

	@Override
	public int connections() {
		return this.member.connections();
	}

	/** The member no longer counts among those of its client. */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.ejections.leave(this);
		return this.member.close(grace);
	}

	Sink member() {
		return this.member;
	}

	boolean isOut() {
		return !(current() instanceof Closed);
	}

	/** Takes the member out, since a call has failed. */
	void takeOut(Closed from, Call call, String why, Failure last) {
		if (current() == from && become(from, openFor(1, this.terms.ticker().nanos(), why, last))) {
			this.ejections.ejected(call.target(), why, last);
			call.happened(CallEvent.MEMBER_EJECTED, why);
		}
	}

	/** Keeps the member out, for longer. */
	void keepOut(Probing from, Failure last) {
		int times = from.before().times() + 1;
		become(from, openFor(times, from.before().since(),
				(times - 1) + ((times > 2) ? " failed probes" : " failed probe"), last));
	}

	/** Lets the next call be the probe. */
	void freeProbe(Probing from) {
		become(from, from.before());
	}

	/** Takes the member back, since a call was answered. */
	void takeBack(Probing from, Call probe) {
		if (become(from, closed())) {
			this.ejections.cameBack(probe.target());
		}
	}

	private void probe(Open open, Call call) {
		Probing probing = new Probing(this, open);
		if (become(open, probing)) {
			call.onOutcome(probing);
		}
	}

	private BreakerState current() {
		return Objects.requireNonNull(this.state.get());
	}

	private Closed closed() {
		return new Closed(this, this.terms.settings(), this.terms.ticker());
	}

	private Open openFor(int times, long since, String why, Failure last) {
		long wait = this.terms.backoff().nanosAfter(times);
		return new Open(times, since, this.terms.ticker().nanos() + wait, why, last);
	}

	private boolean become(BreakerState from, BreakerState to) {
		boolean mine = this.state.compareAndSet(from, to);
		if (mine) {
			this.ejections.changed();
		}
		return mine;
	}

}
