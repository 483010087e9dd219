package io.scalesrpc.balancer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.call.WaitingCalls;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a balancer. Until the first list is known, and then until one member
 * is connected or a few have been tried in vain, calls wait: a member that is down must
 * not cost those calls that come first. Members are opened in random order and a few at a
 * time. <em>Thread-safe</em>: its state is only touched by the balancer's serial writer.
 */
final class Opening {

	/** How many calls may wait. */
	static final int MAX_WAITING = 1024;

	/** How many members are opened when nobody asks for all. */
	static final int FEW = 12;

	private static final int AT_ONCE = 8;

	private final Executor writer;

	private final RandomGenerator random;

	private final Consumer<Call> sender;

	private final WaitingCalls waiting;

	/** Those to be opened. */
	private final Queue<Node> queue = new ArrayDeque<>();

	private final Set<Node> asked = new HashSet<>();

	private int opening;

	private boolean all;

	private volatile Stage stage = Stage.NOT_ASKED;

	/**
	 * Creates the beginning of a balancer.
	 * @param writer the balancer's serial writer
	 * @param random decides who is opened first
	 * @param sender sends the calls that have waited
	 */
	Opening(Executor writer, RandomGenerator random, Consumer<Call> sender) {
		this.writer = writer;
		this.random = random;
		this.sender = sender;
		this.waiting = new WaitingCalls(writer, "members", MAX_WAITING);
	}

	boolean isOver() {
		return this.stage == Stage.OVER;
	}

	/** Whether somebody wants members to be connected. */
	boolean hasBegun() {
		return this.stage != Stage.NOT_ASKED;
	}

	/** Lets a call wait, or sends it if there is nothing to wait for. */
	void await(Call call) {
		if (isOver()) {
			this.sender.accept(call);
		}
		else {
			this.waiting.add(call);
		}
	}

	/**
	 * Opens members, those that were not opened yet.
	 * @param active whom calls may go to; {@code null} if that is not known yet
	 * @param all whether all of them are to be opened or a few
	 */
	void begin(@Nullable List<Node> active, boolean all) {
		this.stage = isOver() ? Stage.OVER : Stage.OPENING;
		this.all |= all;
		if (active == null || isOver() && !this.all) {
			return;
		}
		List<Node> closed = new ArrayList<>(active.stream()
			.filter((node) -> node.state() == SinkState.IDLE && !this.asked.contains(node))
			.toList());
		shuffle(closed);
		closed.stream().limit(this.all ? closed.size() : FEW).filter(this.asked::add).forEach(this.queue::add);
		// for the only one there is nobody to wait for but itself
		boolean anyOpen = active.size() == 1 || active.stream().anyMatch((node) -> node.state() == SinkState.OPEN);
		openSome();
		endIf(anyOpen);
	}

	/** Lets the calls go that wait. */
	void end() {
		this.stage = Stage.OVER;
		this.asked.retainAll(this.queue);
		this.waiting.end(this.sender);
	}

	private void openSome() {
		while (this.opening < AT_ONCE && !this.queue.isEmpty()) {
			Node node = this.queue.remove();
			this.opening++;
			node.open(() -> this.writer.execute(() -> opened(node)));
		}
	}

	private void opened(Node node) {
		this.opening--;
		openSome();
		endIf(node.state() == SinkState.OPEN);
	}

	private void endIf(boolean open) {
		if (!isOver() && (open || this.opening == 0 && this.queue.isEmpty())) {
			end();
		}
	}

	private void shuffle(List<Node> nodes) {
		for (int i = nodes.size() - 1; i > 0; i--) {
			Collections.swap(nodes, i, this.random.nextInt(i + 1));
		}
	}

	/** How far it is. */
	private enum Stage {

		NOT_ASKED, OPENING, OVER

	}

}
