package io.scalesrpc.finagle.balancing;

import java.time.Duration;

/**
 * Seven members answer at once and one after 50 ms; calls as fast as they are answered,
 * 16 at a time, or so many a second, the same for every client. <em>Immutable</em>.
 *
 * @param callsPerSecond how many, at random times; 0 for as fast as they are answered
 * @param warmUp the first so long is not told of
 * @param measured how long after that
 */
record EightMembersOneSlow(int callsPerSecond, Duration warmUp, Duration measured) implements Scenario {

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
		load(client, this.warmUp);
		Shares shares = Shares.from(servers);
		LoadFigures load = load(client, this.measured);
		return new Report().put("calls/s", load.get("callsPerSecond"))
			.putLatencies("", load)
			.put("us cpu/call", load.get("cpuNanosPerCall") / 1000.0)
			.put("calls to the slow one", shares.calls().get(0))
			.put("failed", load.failures());
	}

	private LoadFigures load(LoadClient client, Duration time) {
		return (this.callsPerSecond > 0) ? client.openLoop(this.callsPerSecond, time)
				: client.closedLoop(16, Integer.MAX_VALUE, time);
	}

}
