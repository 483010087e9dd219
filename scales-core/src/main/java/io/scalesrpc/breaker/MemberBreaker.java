package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

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

	private final Supplier<BreakerTerms> terms;

	private final Ejections ejections;

	private final AtomicReference<BreakerState> state;

	private final String address;

	/** What an operator wants, whatever the breaker thinks. */
	private final AtomicReference<@Nullable MemberOrder> order = new AtomicReference<>();

	MemberBreaker(String address, Sink member, Supplier<BreakerTerms> terms, Ejections ejections) {
		this.address = address;
		this.member = member;
		this.terms = terms;
		this.ejections = ejections;
		this.state = new AtomicReference<>(closed());
	}

	@Override
	public void dispatch(Call call) {
		BreakerState now = current();
		if (now instanceof Closed closed) {
			if (closed.counts()) {
				call.onOutcome(closed);
			}
		}
		else if (now instanceof Open open && open.isHalfOpen(terms().ticker().nanos())) {
			probe(open, call);
		}
		this.member.dispatch(call);
	}

	/** The member's own; but busy, and not better, while the member is out. */
	@Override
	public SinkState state() {
		SinkState own = this.member.state();
		MemberOrder wanted = order();
		if (wanted != null) {
			return wanted.seen(own);
		}
		BreakerState now = current();
		if (now instanceof Closed || !own.isAvailable()) {
			return own;
		}
		long time = terms().ticker().nanos();
		boolean probeIsFree = now instanceof Open open && open.isHalfOpen(time);
		return (probeIsFree || this.ejections.isPanic(time)) ? own : SinkState.BUSY;
	}

	@Override
	public void open(Runnable over) {
		this.member.open(over);
	}

	@Override
	public String problem() {
		long now = terms().ticker().nanos();
		MemberOrder wanted = order();
		if (wanted != null) {
			return wanted.text(now);
		}
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
		MemberOrder wanted = order();
		if (wanted != null) {
			return Math.max(0, terms().ticker().nanos() - wanted.since());
		}
		BreakerState now = current();
		Open out = (now instanceof Open open) ? open : (now instanceof Probing probing) ? probing.before() : null;
		return (out != null) ? Math.max(0, terms().ticker().nanos() - out.since()) : this.member.problemNanos();
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

	/** Whether the breaker has the member out. */
	boolean isOut() {
		return !(current() instanceof Closed);
	}

	/** Whether an operator has. */
	boolean isOrdered() {
		return order() != null;
	}

	/** Takes the member out, since a call has failed. */
	void takeOut(Closed from, Call call, String why, Failure last) {
		if (current() == from && become(from, openFor(1, terms().ticker().nanos(), why, last))) {
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

	String address() {
		return this.address;
	}

	/** Does what an operator wants; null gives the member back, whoever took it out. */
	void order(@Nullable MemberOrder wanted) {
		this.order.set(wanted);
		if (wanted == null) {
			comeBack();
		}
		this.ejections.changed();
	}

	/** One that is over is forgotten; the clock is for those that there are. */
	private @Nullable MemberOrder order() {
		MemberOrder wanted = this.order.get();
		if (wanted == null || !wanted.isOver(terms().ticker().nanos())) {
			return wanted;
		}
		if (this.order.compareAndSet(wanted, null)) {
			this.ejections.changed();
			return null;
		}
		return this.order.get();
	}

	/** Whatever calls find out meanwhile. */
	private void comeBack() {
		BreakerState seen = current();
		while (!become(seen, closed())) {
			seen = current();
		}
	}

	/** Where there are to be no breakers any more nobody is out. */
	void termsChanged() {
		BreakerState seen = current();
		if (seen instanceof Closed || !terms().settings().enabled()) {
			become(seen, closed());
		}
	}

	private BreakerTerms terms() {
		return this.terms.get();
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
		return new Closed(this, terms().settings(), terms().ticker());
	}

	private Open openFor(int times, long since, String why, Failure last) {
		long wait = terms().backoff().nanosAfter(times);
		return new Open(times, since, terms().ticker().nanos() + wait, why, last);
	}

	private boolean become(BreakerState from, BreakerState to) {
		boolean mine = this.state.compareAndSet(from, to);
		if (mine) {
			this.ejections.changed();
		}
		return mine;
	}

}
