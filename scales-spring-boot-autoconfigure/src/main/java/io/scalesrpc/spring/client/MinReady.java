package io.scalesrpc.spring.client;

import java.time.Duration;

import io.scalesrpc.spring.ClientProperties;

/**
 * For how many members of a client the start of the application waits, and how long. A
 * client that is to be warm needs one. <em>Immutable</em>.
 *
 * @param members how many must be connected, 0 or more
 * @param limit how long to wait for them, above 0, at most 1 day
 */
record MinReady(int members, Duration limit) {

	private static final Duration MAX = Duration.ofDays(1);

	static final MinReady NONE = new MinReady(0, Duration.ofSeconds(10));

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its property
	 */
	MinReady {
		if (members < 0) {
			throw new IllegalArgumentException("min-ready: " + members + " (expected: >= 0)");
		}
		if (limit.isZero() || limit.isNegative() || limit.compareTo(MAX) > 0) {
			throw new IllegalArgumentException("min-ready-timeout: " + limit + " (expected: > 0 and at most 1 day)");
		}
	}

	static MinReady of(ClientProperties settings) {
		int members = (settings.minReady() != null) ? settings.minReady() : NONE.members();
		return new MinReady((members == 0 && Boolean.TRUE.equals(settings.warmUp())) ? 1 : members,
				(settings.minReadyTimeout() != null) ? settings.minReadyTimeout() : NONE.limit());
	}

}
