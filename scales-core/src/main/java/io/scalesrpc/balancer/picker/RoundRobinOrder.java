package io.scalesrpc.balancer.picker;

import io.scalesrpc.balancer.node.Snapshot;

/**
 * Whose turn it is. <em>Immutable</em>.
 */
enum RoundRobinOrder {

	/** One after the other. */
	EQUAL {

		@Override
		int index(Snapshot snapshot, long turn) {
			return (int) Long.remainderUnsigned(turn, snapshot.size());
		}

	},

	/**
	 * Steps of the golden ratio around the line on which nodes are laid out by weight:
	 * they fall on every stretch as often as its length says, and the gaps between two of
	 * them on the same stretch have at most three lengths (the three gap theorem), which
	 * is what makes it smooth. Needs no state but the number of the turn.
	 */
	BY_WEIGHT {

		@Override
		int index(Snapshot snapshot, long turn) {
			return snapshot.at((turn * GOLDEN_RATIO >>> 11) * 0x1.0p-53);
		}

	};

	/** The fraction of the golden ratio, in 64 bits. */
	private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

	abstract int index(Snapshot snapshot, long turn);

}
