package io.scalesrpc.balancer.dispatch;

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

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.call.SinkState;

/**
 * Opens members that nobody has called yet, in random order and a few at a time.
 * <em>Confined to the balancer's serial writer.</em>
 */
final class MemberOpener {

	private static final int AT_ONCE = 8;

	private final Executor writer;

	private final RandomGenerator random;

	private final Consumer<Node> opened;

	/** Those to be opened. */
	private final Queue<Node> queue = new ArrayDeque<>();

	/** Those that were ever in the queue. */
	private final Set<Node> asked = new HashSet<>();

	private int opening;

	/**
	 * Creates an opener that has nothing to do.
	 * @param writer the balancer's serial writer
	 * @param random decides who is opened first
	 * @param opened told each member whose opening is over, whichever way
	 */
	MemberOpener(Executor writer, RandomGenerator random, Consumer<Node> opened) {
		this.writer = writer;
		this.random = random;
		this.opened = opened;
	}

	/** Opens those that are idle, each once. */
	void open(List<Node> nodes, int atMost) {
		this.asked.retainAll(Set.copyOf(nodes));
		List<Node> idle = new ArrayList<>(nodes.stream().filter(this::isNew).toList());
		for (int i = idle.size() - 1; i > 0; i--) {
			Collections.swap(idle, i, this.random.nextInt(i + 1));
		}
		idle.stream().limit(atMost).filter(this.asked::add).forEach(this.queue::add);
		openSome();
	}

	boolean isBusy() {
		return this.opening > 0 || !this.queue.isEmpty();
	}

	private boolean isNew(Node node) {
		return node.state() == SinkState.IDLE && !this.asked.contains(node);
	}

	private void openSome() {
		while (this.opening < AT_ONCE && !this.queue.isEmpty()) {
			Node node = this.queue.remove();
			this.opening++;
			node.open(() -> this.writer.execute(() -> over(node)));
		}
	}

	private void over(Node node) {
		this.opening--;
		openSome();
		this.opened.accept(node);
	}

}
