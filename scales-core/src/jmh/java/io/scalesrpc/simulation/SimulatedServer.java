package io.scalesrpc.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;

/**
 * A server: some workers, one queue, first come, first served. A call that ended while it
 * waited is thrown away, as a server does that was told to discard it. <em>Confined to
 * the thread that runs the world.</em>
 */
final class SimulatedServer {

	private static final Failure FAILED = Failure.of(FailureKind.REMOTE, "simulated failure");

	private final VirtualTime time;

	private final RandomGenerator random;

	private final int workers;

	private final Condition condition = new Condition();

	private final Tally tally = new Tally();

	private final Deque<Job> queue = new ArrayDeque<>();

	private final Set<Link> links = new LinkedHashSet<>();

	private int busy;

	SimulatedServer(VirtualTime time, RandomGenerator random, int workers) {
		this.time = time;
		this.random = random;
		this.workers = workers;
	}

	Condition condition() {
		return this.condition;
	}

	Tally tally() {
		return this.tally;
	}

	/** Changes its health; going down loses the connections and all they carry. */
	void become(Health health) {
		this.condition.health(health);
		if (health == Health.DOWN) {
			this.queue.clear();
			List.copyOf(this.links).forEach(Link::lost);
		}
	}

	/** Nothing moves for a while, as in a collection of garbage. */
	void pause(long nanos) {
		this.condition.pauseUntil(this.time.elapsed() + nanos);
	}

	boolean connect(Link link) {
		if (this.condition.health() == Health.DOWN) {
			return false;
		}
		this.links.add(link);
		this.tally.opened(this.links.size());
		return true;
	}

	void disconnect(Link link) {
		this.links.remove(link);
		this.tally.held(this.links.size());
	}

	void accept(Call call, Consumer<Outcome> answer) {
		switch (this.condition.health()) {
			case FAILS_AT_ONCE -> answer.accept(FAILED);
			case DOWN -> {
				// the connection is lost, which ends the call
			}
			default -> {
				this.queue.add(new Job(call, answer, this.time.elapsed(), inFlight()));
				work();
			}
		}
	}

	/** What a probe reports. */
	ProbeReport report() {
		int inFlight = inFlight();
		return new ProbeReport(inFlight, this.tally.recent().near(inFlight));
	}

	private int inFlight() {
		return this.queue.size() + this.busy;
	}

	private void work() {
		while (this.busy < this.workers && !this.queue.isEmpty()) {
			Job job = this.queue.remove();
			if (!job.call.isEnded()) {
				this.busy++;
				SimulatedMethod method = (SimulatedMethod) job.call.method();
				double nanos = method.time().nanos(this.random) * this.condition.slowness();
				this.time.after(pauseLeft() + (long) nanos, () -> finish(job));
			}
		}
	}

	private void finish(Job job) {
		if (pauseLeft() > 0) {
			this.time.after(pauseLeft(), () -> finish(job));
			return;
		}
		this.busy--;
		this.tally.recent().add(job.inFlight, this.time.elapsed() - job.arrived);
		job.answer.accept(fails() ? FAILED : Reply.EMPTY);
		work();
	}

	private boolean fails() {
		return switch (this.condition.health()) {
			case FAILS_LATE -> true;
			case FAILS_NOW_AND_THEN -> this.random.nextInt(10) == 0;
			default -> false;
		};
	}

	private long pauseLeft() {
		return Math.max(0, this.condition.pausedUntil() - this.time.elapsed());
	}

	/**
	 * A call at a server. <em>Immutable</em>.
	 *
	 * @param call the call
	 * @param answer told how it went
	 * @param arrived when it came
	 * @param inFlight how many were there when it came
	 */
	private record Job(Call call, Consumer<Outcome> answer, long arrived, int inFlight) {
	}

}
