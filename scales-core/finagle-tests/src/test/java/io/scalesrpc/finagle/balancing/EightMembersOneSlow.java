package io.scalesrpc.finagle.balancing;

import java.time.Duration;

/**
 * Seven members answer at once and one after 50 ms; calls as fast as they are answered,
 * 16 at a time. <em>Immutable</em>.
 *
 * @param warmUp the first so long is not told of
 * @param measured how long after that
 */
record EightMembersOneSlow(Duration warmUp, Duration measured) implements Scenario {

	@Override
	public int servers() {
		return 8;
	}

	@Override
	public void prepare(Servers servers) {
		servers.delay(0, 50);
	}

	@Override
	public Report run(Servers servers, LoadClient client) {
		client.open(servers.addresses(8), false);
		client.closedLoop(16, Integer.MAX_VALUE, this.warmUp);
		Shares shares = Shares.from(servers);
		LoadFigures load = client.closedLoop(16, Integer.MAX_VALUE, this.measured);
		return new Report().put("calls/s", load.get("callsPerSecond"))
			.putLatencies("", load)
			.put("us cpu/call", load.get("cpuNanosPerCall") / 1000.0)
			.put("calls to the slow one", shares.calls().get(0))
			.put("failed", load.failures());
	}

}
