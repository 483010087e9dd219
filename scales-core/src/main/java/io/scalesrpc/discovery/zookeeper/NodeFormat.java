package io.scalesrpc.discovery.zookeeper;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of registry names and writes the nodes below the path of a service.
 * Implementations are <em>immutable</em>.
 */
interface NodeFormat {

	/**
	 * Whether a node stands for a member, as its name tells.
	 * @param name the last part of its path
	 */
	boolean isMember(String name);

	/**
	 * Whether a node holds weights of members.
	 * @param name the last part of its path
	 */
	boolean isVector(String name);

	/**
	 * Reads the node of a member.
	 * @param data what the node holds
	 * @return the member; null if it must not be called now
	 * @throws RuntimeException if something needed is missing or out of range
	 */
	@Nullable Member member(byte[] data);

	/**
	 * Writes the node of a new member.
	 * @param member what to tell
	 * @return a name that no other node has, and what the node holds
	 */
	NewNode announcement(Member member);

	/**
	 * A node to be made. <em>Immutable</em>.
	 *
	 * @param name the last part of its path
	 * @param data what it holds
	 */
	record NewNode(String name, byte[] data) {
	}

}
