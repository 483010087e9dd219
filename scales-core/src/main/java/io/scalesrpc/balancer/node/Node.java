package io.scalesrpc.balancer.node;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.RecentAttempts;
import org.jspecify.annotations.Nullable;

/**
 * A member as its balancer sees it: where its calls go, how many are in flight and how
 * they went lately. Two nodes are never equal. <em>Thread-safe</em>; the member, the sink
 * and whether the node is active are changed by the balancer's serial writer only.
 */
public final class Node {

	private final AtomicInteger load = new AtomicInteger();

	private final RecentFailures failures = new RecentFailures();

	private final RelativeLatency slowness = new RelativeLatency();

	private final DecayingValue latency;

	private final SlowStart start;

	private final RenewableSink sink;

	private final SilentMembers silentMembers;

	private volatile Member member;

	private volatile boolean active = true;

	/** From the first attempt on. */
	private volatile @Nullable AttemptCounts recent;

	/** When it first answered; zero before. */
	private volatile long proven;

	/**
	 * Creates a node without calls.
	 * @param member the server
	 * @param sink where its calls go
	 * @param start its slow start
	 * @param latency where latencies in nanoseconds are kept
	 * @param silentMembers since when it has answered nothing
	 */
	public Node(Member member, RenewableSink sink, SlowStart start, DecayingValue latency,
			SilentMembers silentMembers) {
		this.member = member;
		this.sink = sink;
		this.start = start;
		this.latency = latency;
		this.silentMembers = silentMembers;
	}

	public Member member() {
		return this.member;
	}

	/** Takes over other settings. */
	public void become(BalancerSettings settings) {
		this.start.become(settings.slowStart());
		this.latency.become(settings.decay());
	}

	/** Takes over a new weight or new metadata of the same server. */
	public void member(Member changed) {
		this.member = changed;
	}

	public Sink sink() {
		return this.sink.current();
	}

	public SinkState state() {
		return sink().state();
	}

	/** Whether it is one of those that calls may go to now. */
	public boolean isActive() {
		return this.active;
	}

	/**
	 * Lets calls go there.
	 * @param connect whether to connect before they do
	 */
	public void wake(boolean connect) {
		this.active = true;
		if (connect) {
			this.sink.open();
		}
	}

	/** Connects in the background. */
	public void open(Runnable over) {
		this.sink.open(over);
	}

	/**
	 * Lets the node rest, without a connection.
	 * @return the sink so far, to be closed when nobody can be about to use it any more;
	 * {@code null} if it was never used
	 */
	@Nullable public Sink rest() {
		this.active = false;
		return (this.sink.isUnused() && load() == 0) ? null : this.sink.renew();
	}

	/** Its state; one that was never asked to open is asked now. */
	public SinkState look(long now) {
		SinkState state = state();
		if (state == SinkState.IDLE) {
			this.sink.open();
		}
		else {
			restart(state, now);
		}
		return state;
	}

	/** Whether a call may go there; one that waits for the connection if need be. */
	public boolean isAvailable(long now) {
		SinkState state = state();
		restart(state, now);
		return state.isAvailable();
	}

	/** Only who was down may come back cold; who was busy never stopped working. */
	private void restart(SinkState state, long now) {
		if (state == SinkState.CLOSED) {
			this.start.again(now);
		}
	}

	/**
	 * Whether a call is to go elsewhere if it can: because the node has calls and is
	 * silent, or has one that is to show whether it answers again, or because it is new.
	 */
	public boolean isPassedOver(RandomGenerator random, long now) {
		if (load() > 0 && (this.failures.isLatest() || this.silentMembers.isTooLong(now))) {
			return true;
		}
		double share = this.start.share(now);
		return share < 1 && random.nextDouble() >= share;
	}

	public int load() {
		return this.load.get();
	}

	/** What recent failures weigh, in calls in flight. */
	public double failures(long now) {
		return this.failures.weight(now);
	}

	/** Whether it failed more than now and then. */
	public boolean isSuspect(long now) {
		return this.failures.weight(now) >= RecentFailures.SUSPECT;
	}

	/** Whether it failed, and the next call is to see whether it still does. */
	public boolean claimsTrial(long now) {
		return this.failures.claimsTrial(now);
	}

	/** A trial was not made. */
	public void freeTrial(long now) {
		this.failures.freeTrial(now);
	}

	/** Whether it has a call and has never answered one. */
	public boolean isUnproven() {
		return this.proven == 0 && load() > 0;
	}

	/** Whether it had answered a call at a time. */
	public boolean isProvenBefore(long time) {
		return this.proven != 0 && time - this.proven >= 0;
	}

	/** What makes it the one to be given up: failures and slowness. */
	public double badness(long now) {
		return this.failures.weight(now) + this.slowness.factor(now);
	}

	public RelativeLatency slowness() {
		return this.slowness;
	}

	public DecayingValue latency() {
		return this.latency;
	}

	/** Counts a call that is sent now. For the picker alone. */
	public void acquire(long now) {
		if (this.load.getAndIncrement() == 0) {
			this.silentMembers.begin(now);
		}
	}

	/** Takes a call back. For the picker alone. */
	public void release() {
		this.load.decrementAndGet();
	}

	/**
	 * Learns from the end of a call, which was sent so many nanoseconds ago. A failure of
	 * a node that is down by its state is not held against it: it must be back as soon as
	 * its state is.
	 */
	public void learn(Call call, Outcome outcome, long nanos, long now) {
		counts(now).ended(call, outcome, nanos, now);
		if (outcome.answered()) {
			this.silentMembers.end(nanos, now);
			this.start.answered();
			prove(now);
			this.failures.forgive(now);
		}
		else if (outcome instanceof Failure failure && call.blamesServer(failure) && !isOfHaste(call, failure)
				&& state().isAvailable()) {
			this.failures.add(now);
		}
		else {
			this.failures.freeTrial(now);
		}
	}

	/** It waited for a connection for less time than the client gives. */
	private static boolean isOfHaste(Call call, Failure failure) {
		return failure.kind() == FailureKind.NOT_SENT && failure.nonRetryable() && !failure.nack()
				&& call.deadline().inherited();
	}

	/** Of two threads that come first at once one may count in vain. */
	private AttemptCounts counts(long now) {
		AttemptCounts known = this.recent;
		if (known == null) {
			known = new AttemptCounts(now);
			this.recent = known;
		}
		return known;
	}

	/** Reads before it writes: every answer comes here. */
	private void prove(long now) {
		if (this.proven == 0) {
			this.proven = (now != 0) ? now : 1;
		}
	}

	/** Whether this is the server a call avoids, whatever its weight was then. */
	public boolean is(@Nullable Object target) {
		return target instanceof Member other && other.port() == this.member.port()
				&& other.host().equals(this.member.host());
	}

	/** How it is at a time. */
	public NodeView view(long now) {
		Sink sink = sink();
		AttemptCounts counts = this.recent;
		return new NodeView(this.member, sink.state(), load(), this.active, sink.problem(), sink.problemNanos(),
				sink.connections(), (counts != null) ? counts.view(now) : RecentAttempts.NONE);
	}

	@Override
	public String toString() {
		return this.member + " load " + load();
	}

}
