package io.scalesrpc.discovery.dns.query;

import java.util.List;

/**
 * What became of one question. <em>Immutable</em>.
 */
public sealed interface Reply {

	/**
	 * There are records. <em>Immutable</em>.
	 *
	 * @param entries records of the type that was asked for, at least one
	 * @param additional other records the server sent along
	 * @param ttl how many seconds all of this holds
	 * @param unreadable how many records were left out because they make no sense
	 */
	record Answer(List<Entry> entries, List<Entry> additional, long ttl, int unreadable) implements Reply {
	}

	/**
	 * A server says that there is no such record. <em>Immutable</em>.
	 *
	 * @param reason what it said
	 */
	record Absent(String reason) implements Reply {
	}

	/**
	 * No server told anything of use. <em>Immutable</em>.
	 *
	 * @param reason what went wrong last
	 * @param refused whether a server answered that it cannot tell
	 */
	record Silence(String reason, boolean refused) implements Reply {
	}

}
