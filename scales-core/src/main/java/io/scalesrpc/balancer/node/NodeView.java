package io.scalesrpc.balancer.node;

import io.scalesrpc.Internal;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.RecentAttempts;

/**
 * What can be seen of a member in a balancer at one moment. <em>Immutable</em>.
 *
 * @param member the member
 * @param state how ready it is
 * @param load its calls in flight, zero or more
 * @param active whether it is one of those that calls may go to now: in the window of an
 * aperture
 * @param problem what is the matter with it, for people; empty if nothing is
 * @param problemNanos how long that has been the matter, in nanoseconds; negative if
 * nobody knows
 * @param connections how many there are to it
 * @param recent how attempts went in the last minute
 */
@Internal
public record NodeView(Member member, SinkState state, int load, boolean active, String problem, long problemNanos,
		int connections, RecentAttempts recent) {
}
