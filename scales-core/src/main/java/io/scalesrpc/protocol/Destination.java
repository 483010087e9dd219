package io.scalesrpc.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.Sink;

/**
 * The bottom of a client's stack: sends calls to the members of a service and tells how
 * those are. Most protocols have calls balanced by {@link Balancers}; one whose library
 * chooses servers itself has a destination of its own. Implementations are
 * <em>thread-safe</em>.
 */
public interface Destination extends Sink {

	/** Starts following the members; called once, before any call. Never blocks. */
	void start();

	/**
	 * The members as they are now. Never blocks.
	 * @return empty while none is known
	 */
	List<MemberStatus> members();

	/**
	 * What is the matter with the first member that has a problem: asked for each call
	 * that waited in vain. Never blocks.
	 * @return the member and its problem, in a line; empty if none has one
	 */
	default String problemOfMember() {
		return members().stream()
			.filter((member) -> !member.problem().isEmpty())
			.map((member) -> member.member() + ": " + member.problem())
			.findFirst()
			.orElse("");
	}

	/**
	 * How many calls are in flight, those to members that left included.
	 * @return zero or more
	 */
	int pending();

	/**
	 * Connects to members, if that was not done yet, and waits for them without holding a
	 * thread.
	 * @param members how many connected members are enough
	 * @param limit how long to wait
	 * @return completes with whether there were enough in time; never fails
	 */
	CompletionStage<Boolean> ready(int members, Duration limit);

	/**
	 * Whether a member cannot be spared, whatever an operator wants: no other can take
	 * its calls. Never blocks.
	 * @param address host and port of a member
	 * @return whom an operator may take out instead, in words; empty if this one, too
	 */
	default String insteadOf(String address) {
		return "";
	}

	/**
	 * What an operator may see beside the members. Never blocks, and never tells secrets.
	 * @return maps, lists, strings, numbers and booleans; empty if there is nothing
	 */
	default Map<String, Object> details() {
		return Map.of();
	}

}
