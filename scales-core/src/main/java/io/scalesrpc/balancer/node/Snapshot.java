package io.scalesrpc.balancer.node;

import java.util.List;

import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one list with their weights at that time, laid out on a line from 0 to 1
 * by weight. <em>Immutable</em>, but for the nodes.
 */
public final class Snapshot {

	public static final Snapshot EMPTY = new Snapshot(List.of());

	private final Node[] nodes;

	private final double[] weights;

	/** Where the stretch of each node ends. */
	private final double[] ends;

	/** Whether all weigh the same, as is usual: then nothing is to be searched. */
	private final boolean alike;

	public Snapshot(List<Node> nodes) {
		this(nodes, weights(nodes));
	}

	/** With a weight above zero for each node. */
	public Snapshot(List<Node> nodes, double[] weights) {
		this.nodes = nodes.toArray(Node[]::new);
		this.weights = weights;
		this.ends = new double[this.nodes.length];
		double total = 0;
		boolean same = true;
		for (double weight : weights) {
			total += weight;
			same &= weight == weights[0];
		}
		this.alike = same;
		double end = 0;
		for (int i = 0; i < this.ends.length; i++) {
			end += weights[i];
			this.ends[i] = end / total;
		}
	}

	private static double[] weights(List<Node> nodes) {
		double[] weights = new double[nodes.size()];
		for (int i = 0; i < weights.length; i++) {
			weights[i] = nodes.get(i).member().weight();
		}
		return weights;
	}

	public int size() {
		return this.nodes.length;
	}

	public Node node(int index) {
		return this.nodes[index];
	}

	public double weight(int index) {
		return this.weights[index];
	}

	/** The index of the node on whose stretch a point of the line lies. */
	public int at(double point) {
		if (this.alike) {
			return (int) (point * this.nodes.length);
		}
		int low = 0;
		int high = this.nodes.length - 1;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (point < this.ends[middle]) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	/**
	 * Looks through the nodes, for the rare case in which those that were drawn are of no
	 * use. It ends at the first that suits, so it takes as many looks as there are
	 * unavailable nodes for each available one.
	 * @return the index of the first that suits from an index on, or else of the best
	 */
	public int search(int start, @Nullable Object avoided) {
		int best = start;
		int bestRank = Integer.MAX_VALUE;
		for (int i = 0; i < this.nodes.length && bestRank > 0; i++) {
			int index = (start + i) % this.nodes.length;
			int rank = rank(this.nodes[index], avoided);
			if (rank < bestRank) {
				best = index;
				bestRank = rank;
			}
		}
		return best;
	}

	/** Zero suits; the less the better. */
	public static int rank(Node node, @Nullable Object avoided) {
		SinkState state = node.state();
		int other = node.is(avoided) ? 1 : 0;
		return state.isAvailable() ? other : 2 * state.ordinal() + other;
	}

}
