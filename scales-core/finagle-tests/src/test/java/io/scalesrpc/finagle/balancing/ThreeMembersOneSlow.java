package io.scalesrpc.finagle.balancing;

import java.time.Duration;

/**
 * Two members answer at once and one after 300 ms; 900 calls, 30 at a time, by a client
 * that has just started. In turn they would get 300 each. <em>Immutable</em>.
 */
record ThreeMembersOneSlow() implements Scenario {

	static final String P90 = "p90 ms";

	static final String SLOW = "calls to the slow one";

	static final String FAILED = "failed";

	@Override
	public int servers() {
		return 3;
	}

	@Override
	public void prepare(Servers servers) {
		servers.delay(0, 300);
	}

	@Override
	public Report run(Servers servers, LoadClient client) {
		client.open(servers.addresses(3), false);
		Shares shares = Shares.from(servers);
		LoadFigures load = client.closedLoop(30, 900, Duration.ofSeconds(60));
		return new Report().put("p50 ms", load.millis("p50"))
			.put(P90, load.millis("p90"))
			.put("p99 ms", load.millis("p99"))
			.put(SLOW, shares.calls().get(0))
			.put(FAILED, load.failures());
	}

}
