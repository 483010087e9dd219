package io.scalesrpc.finagle.balancing;

import java.time.Duration;
import java.util.List;

/**
 * Independent callers: eight members answer after 1 ms, one after 50 ms, and one fails
 * every call at once. Calls come at random times, whether earlier ones were answered or
 * not. <em>Immutable</em>.
 *
 * @param failing how the failing one answers: {@code mux-error}, or {@code error}, which
 * Finagle's client does not take for a failure of the server
 * @param callsPerSecond how many on average
 * @param start the beginning, told of by itself
 * @param measured how long after that
 */
record Poisson(String failing, int callsPerSecond, Duration start, Duration measured) implements Scenario {

	static final String FAILED = "failed in all";

	static final String SLOW = "% to the slow one";

	static final String P99 = "p99 ms";

	@Override
	public int servers() {
		return 10;
	}

	@Override
	public void prepare(Servers servers) {
		for (int i = 0; i < 9; i++) {
			servers.delay(i, (i == 0) ? 50 : 1);
		}
		servers.mode(9, this.failing);
	}

	@Override
	public Report run(Servers servers, LoadClient client) {
		client.open(servers.addresses(10), false);
		Shares fromStart = Shares.from(servers);
		LoadFigures first = client.openLoop(this.callsPerSecond, this.start);
		List<Long> atStart = fromStart.calls();
		Shares shares = Shares.from(servers);
		LoadFigures load = client.openLoop(this.callsPerSecond, this.measured);
		return new Report().put("start: p99 ms", first.millis("p99"))
			.put("start: to the slow one", atStart.get(0))
			.put("start: failed", first.failures())
			.putLatencies("", load)
			.put(SLOW, shares.percent(0))
			.put("to the failing one", shares.calls().get(9))
			.put(FAILED, first.failures() + load.failures())
			.put("sent late p99 ms", load.millis("late-p99"))
			.put("p99 ms from sending", load.millis("sent-p99"));
	}

}
