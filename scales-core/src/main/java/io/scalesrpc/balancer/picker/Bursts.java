package io.scalesrpc.balancer.picker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls that a thread makes one right after the other go to the same node, where
 * they are written, read and answered together: what a call costs beside the wire is
 * mostly reads and writes of the kernel. A node gets no more at once than it gets within
 * a moment anyway, so there are no bursts where calls are few, and nobody waits longer
 * than that moment behind the others of one. <em>Thread-safe</em>; of two threads that
 * share a place one may add a call too many.
 */
final class Bursts {

	/** A node may get at once what it gets within this time. */
	private static final long MOMENT_NANOS = Duration.ofMillis(1).toNanos();

	/** Calls that are further apart would not be written together. */
	private static final long LONGEST_NANOS = 50_000;

	/** With fewer there is little to save, and each call goes its own way. */
	private static final int LEAST = 4;

	/** With more there is little left to save. */
	private static final int MOST = 16;

	private static final int PLACES = 8;

	private final RandomGenerator random;

	private final LongAdder picks = new LongAdder();

	/** The latest of each thread; some threads share a place. */
	private final AtomicReferenceArray<@Nullable Burst> latest = new AtomicReferenceArray<>(PLACES);

	/** How many calls a burst may have now. */
	private volatile int most = 1;

	/** When that was worked out; the serial writer's. */
	private long fitted;

	Bursts(RandomGenerator random, long now) {
		this.random = random;
		this.fitted = now;
	}

	/**
	 * Works out how many calls a burst may have. Called by the serial writer.
	 * @param nodes how many share the calls
	 * @param now the time
	 */
	void fit(int nodes, long now) {
		double each = (double) this.picks.sumThenReset() / Math.max(1, nodes);
		long since = Math.max(1, now - this.fitted);
		this.fitted = now;
		int within = (int) Math.min(MOST, each * MOMENT_NANOS / since);
		// A node alone gets all calls anyway.
		this.most = (within >= LEAST && nodes > 1) ? within : 1;
	}

	/** The node of the burst that a call belongs to, or else {@code null}. */
	@Nullable Node next(Call call, long now) {
		this.picks.increment();
		if (this.most == 1) {
			return null;
		}
		Burst burst = this.latest.getAcquire(place());
		return (burst != null && burst.takes(now) && isFit(burst.node, call, now)) ? burst.node : null;
	}

	private boolean isFit(Node node, Call call, long now) {
		return node.isActive() && node.state() == SinkState.OPEN && !node.is(call.avoidedTarget())
				&& node.failures(now) == 0 && node.slowness().factor(now) == 1 && !node.isUnproven()
				&& !node.isPassedOver(this.random, now);
	}

	/** Takes note of a node that was chosen: the next calls of this thread go there. */
	void begin(Node node, long now) {
		int more = this.most - 1;
		if (more > 0) {
			this.latest.setRelease(place(), new Burst(node, now, more));
		}
	}

	private static int place() {
		return (int) Thread.currentThread().getId() & (PLACES - 1);
	}

	/** A node and how many calls more go there. <em>Thread-safe</em>, see above. */
	private static final class Burst {

		private final Node node;

		private final long began;

		private int left;

		Burst(Node node, long began, int left) {
			this.node = node;
			this.began = began;
			this.left = left;
		}

		boolean takes(long now) {
			return now - this.began < LONGEST_NANOS && this.left-- > 0;
		}

	}

}
