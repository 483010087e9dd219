package io.scalesrpc.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a client of few calls keeps of the retries that its answers earned, however long
 * ago: without it one call in ten seconds would never earn a whole retry before its
 * deposits are forgotten. There is little of it, and as long as nothing is answered it is
 * worth one retry: that may find a member that works, and if it does not, a thousand such
 * clients must not go on spending what they saved. <em>Thread-safe</em>, without locks;
 * while it is full an answer costs three reads.
 */
final class Savings {

	/** Answers as recent as that say that the service is there. */
	private static final long RECENT_NANOS = Duration.ofSeconds(1).toNanos();

	/** How precisely the time of the last answer is known. */
	private static final long PRECISION_NANOS = Duration.ofMillis(50).toNanos();

	private final long cost;

	private final long most;

	private final AtomicLong saved;

	private volatile long answered;

	/** Whether a retry was paid without a recent answer, and none came since. */
	private final AtomicBoolean exhausted = new AtomicBoolean();

	/**
	 * Creates savings that are full.
	 * @param cost of one retry, above zero
	 * @param most how many retries are kept
	 * @param now the time
	 */
	Savings(long cost, int most, long now) {
		this.cost = cost;
		this.most = most * cost;
		this.saved = new AtomicLong(this.most);
		this.answered = now - 2 * RECENT_NANOS;
	}

	/** Adds what an answer earned. */
	void add(long amount, long now) {
		if (now - this.answered > PRECISION_NANOS) {
			this.answered = now;
		}
		if (this.exhausted.get()) {
			this.exhausted.set(false);
		}
		put(amount);
	}

	/** Gives back what a retry cost that was not made. */
	void put(long amount) {
		if (this.saved.get() < this.most) {
			this.saved.updateAndGet((seen) -> Math.min(this.most, seen + amount));
		}
	}

	/** Counts a retry that was paid otherwise: what was earned is spent once. */
	void charge() {
		if (this.saved.get() > 0) {
			this.saved.updateAndGet((seen) -> Math.max(0, seen - this.cost));
		}
	}

	/** Pays a retry; without a recent answer one, until there is an answer. */
	boolean pay(long now) {
		if (!isRecent(now) && !this.exhausted.compareAndSet(false, true)) {
			return false;
		}
		long seen = this.saved.get();
		while (seen >= this.cost) {
			long found = this.saved.compareAndExchange(seen, seen - this.cost);
			if (found == seen) {
				return true;
			}
			seen = found;
		}
		return false;
	}

	/** What could be spent now. */
	long spendable(long now) {
		if (isRecent(now)) {
			return this.saved.get();
		}
		return this.exhausted.get() ? 0 : Math.min(this.cost, this.saved.get());
	}

	private boolean isRecent(long now) {
		return now - this.answered <= RECENT_NANOS;
	}

}
