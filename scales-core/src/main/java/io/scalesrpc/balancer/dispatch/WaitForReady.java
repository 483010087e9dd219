package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.call.waiting.WaitingCalls;

/**
 * The calls that come while every member is down: they wait, in a bounded queue, until
 * one is not, or their time is up (the word is gRPC's). Meanwhile the members are asked
 * to connect one after the other, at even distances, so that whoever comes back first is
 * found soon. A member that tried less than half a second ago ignores the request; where
 * there are fewer than five members, each is therefore asked several times a round. When
 * one has come back, the others are asked once more. The point in the round at which a
 * client begins is random, since other clients ask as well. The calls then go out in
 * rounds, a dozen at first and each round twice the one before: the first who is back is
 * not to get all of them at once. <em>Confined to the balancer's serial writer</em>, but
 * for {@link #enter}.
 */
final class WaitForReady {

	/** How many calls may wait. */
	static final int MAX_WAITING = 1024;

	/**
	 * In this time each member is asked once at least: a little longer than a member
	 * pauses between two attempts.
	 */
	static final Duration ROUND = Duration.ofMillis(550);

	/** So often somebody is asked in a round, however few members there are. */
	private static final int ASKED_IN_A_ROUND = 5;

	/** The least time between one member and the next. */
	private static final Duration STEP = Duration.ofMillis(10);

	private static final int FEW = 12;

	private final Executor writer;

	private final TimeAndChance source;

	private final Supplier<List<Node>> members;

	private final Consumer<Call> sender;

	private final AllMembersDown allMembersDown;

	private final WaitingCalls waiting;

	/** Those that were to be reached when somebody last looked. */
	private volatile List<Node> unreached = List.of();

	private boolean asking;

	/** How many were asked since a member was found ready, or since the beginning. */
	private int asked;

	private int next;

	/** Whether the time of the second question is still to be left to chance. */
	private boolean first;

	private boolean releasing;

	/**
	 * Creates a queue that is empty.
	 * @param writer the balancer's serial writer
	 * @param source of time and chance
	 * @param members those that calls may go to now
	 * @param sender sends the calls that have waited
	 * @param allMembersDown told when every member is down
	 */
	WaitForReady(Executor writer, TimeAndChance source, Supplier<List<Node>> members, Consumer<Call> sender,
			AllMembersDown allMembersDown) {
		this.allMembersDown = allMembersDown;
		this.writer = writer;
		this.source = source;
		this.members = members;
		this.sender = sender;
		this.waiting = new WaitingCalls(writer, "a member to be reached", MAX_WAITING, this::reason);
	}

	/** Lets a call wait that found no member; on any thread. */
	void enter(Call call) {
		this.waiting.enter(call, this::await);
	}

	/** There are other members, or one is connected. */
	void look() {
		if (!this.waiting.isEmpty() && isReady()) {
			this.asked = 0;
			release(FEW);
		}
	}

	/** Ends the calls that wait. */
	void end(Consumer<Call> fate) {
		this.waiting.end(fate);
	}

	private void await(Call call) {
		if (call.isEnded()) {
			return;
		}
		if (isReady()) {
			this.sender.accept(call);
		}
		else {
			this.unreached = this.members.get();
			this.waiting.add(call);
			if (!this.asking) {
				this.asking = true;
				this.first = true;
				this.asked = 0;
				this.allMembersDown.begins(this.unreached.size(), () -> problem(this.unreached));
				ask();
			}
		}
	}

	/** Why a call had to be given up; on any thread. */
	private String reason() {
		return reason(this.unreached);
	}

	static String reason(List<Node> unreached) {
		return "none of " + unreached.size() + " members could be reached in time: " + problem(unreached);
	}

	private static String problem(List<Node> unreached) {
		return unreached.stream()
			.map((node) -> node.sink().problem())
			.filter((text) -> !text.isEmpty())
			.findFirst()
			.orElse("no connection");
	}

	/** Asks the next member that is down, as long as that helps anybody. */
	private void ask() {
		List<Node> active = this.members.get();
		this.unreached = active;
		look();
		if (active.isEmpty() || this.waiting.isEmpty() && this.asked >= active.size()) {
			this.asking = false;
			return;
		}
		this.next = (this.next + 1) % active.size();
		Node node = active.get(this.next);
		this.asked++;
		if (node.state() == SinkState.CLOSED) {
			node.open(() -> this.writer.execute(this::look));
		}
		if (!later(step(active.size()), this::ask)) {
			this.asking = false;
		}
	}

	private long step(int members) {
		int times = (ASKED_IN_A_ROUND + members - 1) / members;
		long step = Math.max(STEP.toNanos(), ROUND.toNanos() / ((long) members * times));
		double part = this.first ? this.source.random().nextDouble() : 1;
		this.first = false;
		return (long) (step * part);
	}

	private void release(int most) {
		if (this.releasing) {
			return;
		}
		this.waiting.take(most).forEach(this.sender);
		if (!this.waiting.isEmpty() && isReady()) {
			this.releasing = later(STEP.toNanos(), () -> {
				this.releasing = false;
				release(2 * most);
			});
		}
	}

	private boolean isReady() {
		return this.members.get().stream().anyMatch((node) -> node.state() != SinkState.CLOSED);
	}

	private boolean later(long nanos, Runnable task) {
		try {
			this.source.timer().schedule(() -> this.writer.execute(task), nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

}
