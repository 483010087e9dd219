package io.scalesrpc.balancer.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the failures of a node weigh, in calls in flight, so that one that fails at once
 * is not taken for an idle one. A failure weighs five calls; the weight falls by a factor
 * of e in 6.5 seconds, below one it is none. One that fails again when it is tried after
 * that, without an answer in between, weighs twice as much, and so does the first failure
 * of a node that never answered. Alone, a node that begins to fail is therefore tried
 * again after eleven seconds, then every sixteen, and is back that soon after it has
 * healed. Every answer takes away a tenth, so that a failure now and then, as services
 * have, does no harm where there is traffic.
 * <p>
 * An exponential needs but one number: the time at which it will have fallen to one.
 * <em>Thread-safe</em>; reading costs one volatile read while there was no failure.
 */
final class RecentFailures {

	/** What a failure weighs. */
	static final double CALLS = 5;

	/** From this weight on, two failures in quick succession, a node is suspect. */
	static final double SUSPECT = 8;

	/** However many fail at once, the node is back soon after half a minute. */
	private static final double MAX = 200;

	private static final double DECAY_NANOS = Duration.ofMillis(6500).toNanos();

	private static final long FORGIVEN_NANOS = (long) (DECAY_NANOS * -Math.log(0.9));

	private static final long HALF_NANOS = (long) (DECAY_NANOS * Math.log(2));

	private static final long NONE = Long.MIN_VALUE;

	/** A trial is out. */
	private static final long OUT = Long.MIN_VALUE + 1;

	/** Below this a failure is no part of the same burst. */
	private static final double FADED = 2;

	/** How long after a failure a node gets a call all the same, to see how it is. */
	static final long TRIAL_NANOS = Duration.ofMillis(500).toNanos();

	/** After so many failed trials the wait does not double any more. */
	private static final int MAX_DOUBLINGS = 5;

	/** When there may be a trial, by the ticker; none while it is out. */
	private final AtomicLong trialAt = new AtomicLong(NONE);

	private final AtomicInteger failedTrials = new AtomicInteger();

	/** When the weight will be one, by the ticker. */
	private final AtomicLong oneAt = new AtomicLong(NONE);

	/** Whether nothing was answered since the last failure, or ever. */
	private volatile boolean unanswered = true;

	void add(long now) {
		boolean again = this.unanswered;
		this.unanswered = true;
		int failed = (this.trialAt.get() == OUT) ? this.failedTrials.incrementAndGet() : this.failedTrials.get();
		this.trialAt.set(now + (TRIAL_NANOS << Math.min(failed, MAX_DOUBLINGS)));
		this.oneAt.updateAndGet((seen) -> {
			double before = (seen != NONE) ? Math.exp((seen - now) / DECAY_NANOS) : 0;
			double more = (again && before < FADED) ? 2 * CALLS : CALLS;
			return now + (long) (DECAY_NANOS * Math.log(Math.min(MAX, before + more)));
		});
	}

	/** One that is lost to a race does not matter. */
	void forgive(long now) {
		if (this.unanswered) {
			this.unanswered = false;
		}
		boolean trial = this.trialAt.get() == OUT;
		long seen = this.oneAt.get();
		if (seen != NONE) {
			long forgiven = trial ? HALF_NANOS : FORGIVEN_NANOS;
			this.oneAt.compareAndSet(seen, (seen - now > 0) ? seen - forgiven : NONE);
		}
		else if (this.failedTrials.get() != 0) {
			this.failedTrials.set(0);
		}
		if (trial) {
			this.trialAt.set(now);
		}
	}

	/** A trial may have ended without saying anything. */
	void freeTrial(long now) {
		this.trialAt.compareAndSet(OUT, now);
	}

	/**
	 * Whether the next call is a trial: whether a node that failed is well again is found
	 * out by one call at a time, ever more seldom while they fail. Each that is answered
	 * halves the weight, and the next may follow at once.
	 */
	boolean claimsTrial(long now) {
		long at = this.trialAt.get();
		return at != NONE && at != OUT && at - now <= 0 && this.trialAt.compareAndSet(at, OUT);
	}

	/** Whether it failed and has answered nothing since. */
	boolean isLatest() {
		return this.unanswered && this.oneAt.get() != NONE;
	}

	/** The weight at a time: none, or one and more. */
	double weight(long now) {
		long seen = this.oneAt.get();
		return (seen == NONE || seen - now <= 0) ? 0 : Math.exp((seen - now) / DECAY_NANOS);
	}

}
