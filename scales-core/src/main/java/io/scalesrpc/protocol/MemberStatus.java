package io.scalesrpc.protocol;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.RecentAttempts;

/**
 * What can be seen of a member at one moment. <em>Immutable</em>.
 *
 * @param member the member
 * @param state how ready it is
 * @param load its calls in flight, zero or more
 * @param active whether calls may go there now
 * @param problem what is the matter with it, for people; empty if nothing is
 * @param problemNanos how long that has been the matter, in nanoseconds; negative if
 * nobody knows
 * @param connections how many there are to it; negative if nobody knows
 * @param recent how attempts went in the last minute
 */
public record MemberStatus(Member member, SinkState state, int load, boolean active, String problem, long problemNanos,
		int connections, RecentAttempts recent) {

	/**
	 * The status of a member of which nothing else is known.
	 * @param member the member
	 * @param state how ready it is
	 * @param load its calls in flight, zero or more
	 * @param active whether calls may go there now
	 * @param problem what is the matter with it, for people; empty if nothing is
	 */
	public MemberStatus(Member member, SinkState state, int load, boolean active, String problem) {
		this(member, state, load, active, problem, -1, -1, RecentAttempts.NONE);
	}

}
