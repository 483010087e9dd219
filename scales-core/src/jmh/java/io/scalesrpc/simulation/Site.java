package io.scalesrpc.simulation;

import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;

/**
 * What a balancer is given in a simulated process. <em>Immutable</em>.
 *
 * @param coordinate which of the clients it is
 * @param set whom it may call
 * @param links makes connections
 * @param time its clock and timer
 * @param random its chance
 */
record Site(Coordinate coordinate, ServerSet set, Function<Member, Link> links, VirtualTime time,
		RandomGenerator random) {
}
