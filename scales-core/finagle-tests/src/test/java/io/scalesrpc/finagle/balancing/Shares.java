package io.scalesrpc.finagle.balancing;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many calls reached each server since these were taken, as the servers count them.
 * <em>Immutable</em>.
 *
 * @param servers counts
 * @param before how many each had had then
 */
record Shares(Servers servers, List<Long> before) {

	/** Begins to count. */
	static Shares from(Servers servers) {
		return new Shares(servers, servers.calls());
	}

	List<Long> calls() {
		List<Long> now = this.servers.calls();
		return IntStream.range(0, now.size()).mapToObj((i) -> now.get(i) - this.before.get(i)).toList();
	}

	/**
	 * The part of all calls that reached one server.
	 * @param server its number
	 * @return percent, from 0 to 100; 0 if there were none
	 */
	double percent(int server) {
		List<Long> calls = calls();
		long all = calls.stream().mapToLong(Long::longValue).sum();
		return (all == 0) ? 0 : 100.0 * calls.get(server) / all;
	}

}
