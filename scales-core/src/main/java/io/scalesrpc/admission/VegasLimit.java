package io.scalesrpc.admission;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * A limit that finds itself as TCP Vegas finds its window (Brakmo and Peterson, 1994; in
 * the form of Netflix's concurrency-limits): from the latency without load and that of
 * now follows how many calls wait in a queue somewhere; while that is next to none the
 * limit grows, while it is more than a few it shrinks. Latencies are means of a second,
 * since that of one call says more about the call than about a queue. The latency without
 * load is measured anew now and then, since it changes.
 * <p>
 * <em>Thread-safe</em>: what it learns is guarded by {@code learning}. A call that ends
 * while another one is learned from is left out.
 */
final class VegasLimit implements Limit {

	private static final int FIRST = 20;

	/** Seconds after which the latency without load is measured anew, at most. */
	private static final int PROBE_EVERY = 600;

	/** The share of it that is left after a second with a sign of overload. */
	private static final double AFTER_OVERLOAD = 0.9;

	private final int most;

	private final RandomGenerator random;

	private final AtomicBoolean learning = new AtomicBoolean();

	private final LatencyWindow latencyWindow;

	/** From 1 to {@code most}. */
	private volatile double limit;

	private double unloadedNanos = Double.MAX_VALUE;

	private int untilProbe;

	/**
	 * Creates a limit that has learned nothing yet.
	 * @param most the most that it may be, 1 or more
	 * @param random spreads the probes of many clients
	 * @param now the time
	 */
	VegasLimit(int most, RandomGenerator random, long now) {
		this.latencyWindow = new LatencyWindow(now);
		this.most = most;
		this.random = random;
		this.limit = Math.min(FIRST, most);
		this.untilProbe = nextProbe();
	}

	@Override
	public int now() {
		return (int) this.limit;
	}

	@Override
	public void learn(long start, long end, int inFlight, boolean overloaded) {
		if (this.learning.compareAndSet(false, true)) {
			try {
				this.latencyWindow.add(end - start, inFlight, overloaded);
				if (this.latencyWindow.isOver(end)) {
					learnFromSecond();
					this.latencyWindow.begin(end);
				}
			}
			finally {
				this.learning.set(false);
			}
		}
	}

	private void learnFromSecond() {
		double nanos = this.latencyWindow.meanNanos();
		if (this.latencyWindow.isOverloaded()) {
			become(Math.min(this.limit - step(), this.limit * AFTER_OVERLOAD));
		}
		else if (--this.untilProbe <= 0) {
			this.untilProbe = nextProbe();
			this.unloadedNanos = nanos;
		}
		else if (nanos < this.unloadedNanos) {
			this.unloadedNanos = nanos;
		}
		else if (this.latencyWindow.mostInFlight() * 2 >= this.limit) {
			// Fewer calls would tell nothing about the limit.
			follow(Math.ceil(this.limit * (1 - this.unloadedNanos / nanos)));
		}
	}

	private void follow(double queued) {
		double step = step();
		if (queued <= step) {
			become(this.limit + 6 * step);
		}
		else if (queued < 3 * step) {
			become(this.limit + step);
		}
		else if (queued > 6 * step) {
			become(this.limit - step);
		}
	}

	private void become(double newLimit) {
		this.limit = Math.max(1, Math.min(this.most, newLimit));
	}

	private double step() {
		return Math.max(1, Math.log10(this.limit));
	}

	private int nextProbe() {
		return (int) (PROBE_EVERY * (0.5 + this.random.nextDouble() / 2));
	}

}
