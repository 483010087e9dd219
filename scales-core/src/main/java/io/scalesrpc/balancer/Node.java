package io.scalesrpc.balancer;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * A member as its balancer sees it: where its calls go, how many are in flight and how
 * they went lately. Two nodes are never equal. <em>Thread-safe</em>; the member is
 * changed by the balancer's serial writer only.
 */
final class Node {

	private final AtomicInteger load = new AtomicInteger();

	private final RecentFailures failures = new RecentFailures();

	private volatile Member member;

	private final Sink sink;

	Node(Member member, Sink sink) {
		this.member = member;
		this.sink = sink;
	}

	Member member() {
		return this.member;
	}

	/** Takes over a new weight or new metadata of the same server. */
	void member(Member changed) {
		this.member = changed;
	}

	Sink sink() {
		return this.sink;
	}

	SinkState state() {
		return this.sink.state();
	}

	int load() {
		return this.load.get();
	}

	/** What recent failures weigh, in calls in flight. */
	double failures(long now) {
		return this.failures.weight(now);
	}

	/** Whether it failed more than now and then. */
	boolean isSuspect(long now) {
		return this.failures.weight(now) >= RecentFailures.SUSPECT;
	}

	/** Counts a call. For the picker alone. */
	void acquire() {
		this.load.incrementAndGet();
	}

	/** Takes a call back. For the picker alone. */
	void release() {
		this.load.decrementAndGet();
	}

	/**
	 * Learns from the end of a call. A failure of a node that is down by its state is not
	 * held against it: it must be back as soon as its state is.
	 */
	void learn(Outcome outcome, long now) {
		if (outcome.answered()) {
			this.failures.forgive(now);
		}
		else if (outcome instanceof Failure failure && isToBlame(failure) && state().isAvailable()) {
			this.failures.add(now);
		}
	}

	/** Whether this is the server a call avoids, whatever its weight was then. */
	boolean is(@Nullable Object target) {
		return target instanceof Member other && other.port() == this.member.port()
				&& other.host().equals(this.member.host());
	}

	NodeView view() {
		return new NodeView(this.member, state(), load());
	}

	@Override
	public String toString() {
		return this.member + " load " + load();
	}

	private static boolean isToBlame(Failure failure) {
		return switch (failure.kind()) {
			case NOT_SENT, UNKNOWN, TIMEOUT, REMOTE -> true;
			case CANCELLED, DECLARED, BUG -> false;
		};
	}

}
