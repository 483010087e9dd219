package io.scalesrpc.finagle.balancing;

import java.time.Duration;

/**
 * Eight members answer at once, but one of them pauses at a twentieth of its calls: with
 * members in turn, at six of a thousand. Calls come at random times. <em>Immutable</em>.
 *
 * @param pauseMillis for how long
 * @param callsPerSecond how many on average
 * @param start the beginning, in which clients learn how long calls take
 * @param measured how long after that
 */
record OneOfEightPausing(int pauseMillis, int callsPerSecond, Duration start, Duration measured) implements Scenario {

	static final String EXTRA = "% extra calls";

	static final String CALLED_OFF = "pauses called off";

	static final String FAILED = "failed";

	@Override
	public int servers() {
		return 8;
	}

	@Override
	public void prepare(Servers servers) {
		servers.pause(0, this.pauseMillis, 5);
	}

	@Override
	public Report run(Servers servers, LoadClient client) {
		client.open(servers.addresses(8), true);
		client.openLoop(this.callsPerSecond, this.start);
		Shares shares = Shares.from(servers);
		long before = servers.interrupts();
		LoadFigures load = client.openLoop(this.callsPerSecond, this.measured);
		long calls = load.get("ok") + load.failures();
		long sent = shares.calls().stream().mapToLong(Long::longValue).sum();
		return new Report().put("calls", calls)
			.putLatencies("", load)
			.put("max ms", load.millis("max"))
			.put(EXTRA, 100.0 * (sent - calls) / calls)
			.put(CALLED_OFF, servers.interrupts() - before)
			.put("% to the pausing one", shares.percent(0))
			.put(FAILED, load.failures());
	}

}
