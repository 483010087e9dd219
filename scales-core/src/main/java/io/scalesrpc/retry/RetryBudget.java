package io.scalesrpc.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import io.scalesrpc.time.Ticker;

/**
 * How many retries a client may make: a share of its calls. Every answer deposits, every
 * retry withdraws, and both are forgotten after a time to live, so that a quiet night
 * saves nothing up for a bad morning (Finagle's {@code RetryBudget} over a leaky token
 * bucket), but for a few retries that a client of few calls keeps, its {@link Savings}.
 * Within any time to live, retries do not exceed {@code ratio} of the calls that were
 * answered plus those kept plus {@code minPerSecond} a second. Everything that sends a
 * call more often than once pays from it, hedging too.
 * <p>
 * The sum of all that is remembered is one number, on which withdrawals compete; the
 * slices of time beside it only say how much of the sum to take back, and when.
 * <em>Thread-safe</em>, without locks.
 */
public final class RetryBudget {

	/** What one retry costs, in units of the balance. */
	private static final long COST = 1_000_000;

	private static final Duration MIN_TTL = Duration.ofSeconds(1);

	private static final Duration MAX_TTL = Duration.ofSeconds(60);

	/** The precision of the time to live. */
	private static final int SLICES = 10;

	/**
	 * The slices of a time to live, the one that is being written, and the next one.
	 */
	private static final int SLOTS = SLICES + 2;

	private final Ticker ticker;

	private final long startNanos;

	private final long sliceNanos;

	private final long deposit;

	/** The slice that is being written, counted from the start. */
	private final AtomicLong slice = new AtomicLong();

	/** What each remembered slice added to the balance; may be negative. */
	private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

	/**
	 * The reserve and all slots. Negative while retries are remembered that were paid by
	 * deposits that are forgotten, or by savings.
	 */
	private final AtomicLong balance;

	private final Savings savings;

	/**
	 * Creates a budget that holds its reserve and keeps nothing beyond the time to live.
	 * @param ratio retries for each call, from 0 to 1000; 0.2 allows 20 % more load
	 * @param minPerSecond retries a second that need no calls, 0 or more
	 * @param ttl how long calls and retries are remembered, from 1 to 60 seconds
	 * @param ticker tells the time
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public RetryBudget(double ratio, int minPerSecond, Duration ttl, Ticker ticker) {
		this(ratio, minPerSecond, ttl, 0, ticker);
	}

	/**
	 * Creates a budget that holds its reserve and all that may be kept, if it can earn
	 * anything.
	 * @param ratio retries for each call, from 0 to 1000; 0.2 allows 20 % more load
	 * @param minPerSecond retries a second that need no calls, 0 or more
	 * @param ttl how long calls and retries are remembered, from 1 to 60 seconds
	 * @param kept retries that are kept for longer, once they are earned; 0 or more
	 * @param ticker tells the time
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	RetryBudget(double ratio, int minPerSecond, Duration ttl, int kept, Ticker ticker) {
		require(ratio >= 0 && ratio <= 1000, "ratio", ratio, "0..1000");
		require(minPerSecond >= 0, "minPerSecond", minPerSecond, ">= 0");
		require(ttl.compareTo(MIN_TTL) >= 0 && ttl.compareTo(MAX_TTL) <= 0, "ttl", ttl, MIN_TTL + ".." + MAX_TTL);
		this.ticker = ticker;
		this.startNanos = ticker.nanos();
		this.sliceNanos = ttl.toNanos() / SLICES;
		this.deposit = Math.round(ratio * COST);
		this.balance = new AtomicLong(minPerSecond * ttl.toMillis() * (COST / 1000));
		this.savings = new Savings(COST, (ratio > 0) ? kept : 0, this.startNanos);
	}

	/** Notes a call that was answered, which earns its share of a retry. */
	public void deposit() {
		deposit(this.ticker.nanos());
	}

	/** Notes a call that was answered at a time. */
	void deposit(long now) {
		this.slots.addAndGet(slot(forget(now)), this.deposit);
		this.balance.addAndGet(this.deposit);
		this.savings.add(this.deposit, now);
	}

	/**
	 * Takes what one retry costs.
	 * @return whether the retry may be made; if not, nothing was taken
	 */
	public boolean tryWithdraw() {
		forget();
		long seen = this.balance.get();
		while (seen >= COST) {
			long found = this.balance.compareAndExchange(seen, seen - COST);
			if (found == seen) {
				add(-COST);
				this.savings.charge();
				return true;
			}
			seen = found;
		}
		return isPaidBySavings();
	}

	/** The balance owes it: what was earned a moment ago is not to be spent twice. */
	private boolean isPaidBySavings() {
		if (!this.savings.pay(this.ticker.nanos())) {
			return false;
		}
		add(-COST);
		this.balance.addAndGet(-COST);
		return true;
	}

	/** Gives back what {@link #tryWithdraw()} took for a retry that was not made. */
	public void giveBack() {
		add(COST);
		this.balance.addAndGet(COST);
		this.savings.put(COST);
	}

	/**
	 * How many retries could be made now.
	 * @return zero or more, with the fraction earned so far
	 */
	public double balance() {
		forget();
		return Math.max(this.savings.spendable(this.ticker.nanos()), this.balance.get()) / (double) COST;
	}

	private void add(long amount) {
		this.slots.addAndGet(slot(forget()), amount);
	}

	/**
	 * Moves on to the slice of now and forgets those that have outlived their time.
	 * @return the slice to write to
	 */
	private long forget() {
		return forget(this.ticker.nanos());
	}

	private long forget(long nanos) {
		long now = (nanos - this.startNanos) / this.sliceNanos;
		long seen = this.slice.get();
		while (seen < now) {
			long found = this.slice.compareAndExchange(seen, now);
			if (found == seen) {
				clear(seen, now);
				return now;
			}
			seen = found;
		}
		return seen;
	}

	/**
	 * Clears one slot ahead of the slice that is being written: others may be writing
	 * already.
	 */
	private void clear(long from, long to) {
		for (long cleared = Math.max(from + 2, to + 2 - SLOTS); cleared <= to + 1; cleared++) {
			this.balance.addAndGet(-this.slots.getAndSet(slot(cleared), 0));
		}
	}

	private static int slot(long slice) {
		return (int) (slice % SLOTS);
	}

	private static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
