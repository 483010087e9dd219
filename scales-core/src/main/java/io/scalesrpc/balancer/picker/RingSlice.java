package io.scalesrpc.balancer.picker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.discovery.Member;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The part of the members that one of several clients calls. Members lie on a ring in an
 * order that all clients share, each as wide as its weight; clients lie on the same ring
 * at equal distances. A client calls what lies between its own place and that of the n-th
 * client after it, the members at the ends only as much as they lie within. So every
 * stretch of the ring is called by n clients (Twitter's deterministic aperture, 2019).
 * <em>Immutable</em>.
 *
 * @param nodes the nodes, in the order of the ring
 * @param weights how much of each lies within
 */
record RingSlice(List<Node> nodes, double[] weights) {

	/** So many that the smallest slice is hardly wider than it must be. */
	private static final int PLACES = 1 << 16;

	/** Narrower than any weight makes: what rounding leaves. */
	private static final double NOTHING = 1e-9;

	/**
	 * Cuts a slice.
	 * @param all every node, in any order
	 * @param client who calls
	 * @param least how many whole nodes should be in it at least
	 * @return the slice; empty if there are no nodes
	 */
	static RingSlice of(List<Node> all, Coordinate client, int least) {
		List<Node> ring = new ArrayList<>(all);
		ring.sort(Comparator.comparingLong((Node node) -> place(node.member().address()))
			.thenComparing((node) -> node.member().address()));
		double total = ring.stream().mapToDouble((node) -> node.member().weight()).sum();
		double unit = 1.0 / client.total();
		double clients = Math.ceil(Math.min(1, (double) least / Math.max(1, ring.size())) / unit - NOTHING);
		double from = client.instance() * unit;
		double to = from + Math.min(1, clients * unit);
		List<Node> nodes = new ArrayList<>();
		List<Double> weights = new ArrayList<>();
		double start = 0;
		for (Node node : ring) {
			double end = start + node.member().weight() / total;
			// what lies beyond the end of the ring lies at its beginning
			double within = overlap(start, end, from, to) + overlap(start + 1, end + 1, from, to);
			if (within > NOTHING) {
				nodes.add(node);
				weights.add(within * total);
			}
			start = end;
		}
		return new RingSlice(nodes, weights.stream().mapToDouble(Double::doubleValue).toArray());
	}

	/**
	 * The coordinate of a process that does not know its own yet: a slice as narrow as
	 * the least size allows, at a place that follows from its address.
	 */
	static Coordinate provisional(Member self) {
		return new Coordinate((int) (place(self.address()) % PLACES), PLACES);
	}

	private static double overlap(double start, double end, double from, double to) {
		return Math.max(0, Math.min(end, to) - Math.max(start, from));
	}

	/** Spreads the servers of one host and one rack, whose addresses are alike. */
	static long place(String address) {
		CRC32 hash = new CRC32();
		hash.update(address.getBytes(UTF_8));
		return hash.getValue();
	}

}
