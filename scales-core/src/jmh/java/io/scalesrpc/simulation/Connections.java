package io.scalesrpc.simulation;

import java.util.Collection;

/**
 * The connections of all clients together. <em>Immutable</em>.
 *
 * @param opened how many were ever opened
 * @param held how many there were at the end
 * @param most how many of them at one server
 */
record Connections(int opened, int held, int most) {

	static Connections of(Collection<Tally> tallies) {
		return new Connections(tallies.stream().mapToInt(Tally::opened).sum(),
				tallies.stream().mapToInt(Tally::held).sum(), tallies.stream().mapToInt(Tally::held).max().orElse(0));
	}

}
