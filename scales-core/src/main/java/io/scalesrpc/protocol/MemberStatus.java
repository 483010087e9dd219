package io.scalesrpc.protocol;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;

/**
 * What can be seen of a member at one moment. <em>Immutable</em>.
 *
 * @param member the member
 * @param state how ready it is
 * @param load its calls in flight, zero or more
 * @param active whether calls may go there now
 * @param problem what is the matter with it, for people; empty if nothing is
 */
public record MemberStatus(Member member, SinkState state, int load, boolean active, String problem) {
}
