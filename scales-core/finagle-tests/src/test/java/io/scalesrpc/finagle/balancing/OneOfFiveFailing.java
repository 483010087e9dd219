package io.scalesrpc.finagle.balancing;

import java.time.Duration;

/**
 * One of five members begins to fail every call at once, and heals later. Calls come at
 * random times. <em>Immutable</em>.
 *
 * @param callsPerSecond how many on average
 * @param counted how long its calls are counted, from 2 s after it began to fail
 */
record OneOfFiveFailing(int callsPerSecond, Duration counted) implements Scenario {

	static final String SHARE = "% to it after 2 s";

	static final String BACK = "s until it is back";

	private static final Duration SECOND = Duration.ofSeconds(1);

	/** Of an even share it is a quarter. */
	private static final double BACK_PERCENT = 5;

	private static final int PATIENCE_SECONDS = 60;

	@Override
	public int servers() {
		return 5;
	}

	@Override
	public void prepare(Servers servers) {
		for (int i = 0; i < 5; i++) {
			servers.delay(i, 1);
		}
	}

	@Override
	public Report run(Servers servers, LoadClient client) {
		client.open(servers.addresses(5), false);
		client.openLoop(this.callsPerSecond, SECOND.multipliedBy(2));
		servers.mode(0, "mux-error");
		long failures = client.openLoop(this.callsPerSecond, SECOND.multipliedBy(2)).failures();
		Shares shares = Shares.from(servers);
		LoadFigures load = client.openLoop(this.callsPerSecond, this.counted);
		double share = shares.percent(0);
		servers.mode(0, "serve");
		return new Report().put("failed within 2 s", failures)
			.put("failed after", load.failures())
			.put(SHARE, share)
			.put(BACK, secondsUntilBack(servers, client));
	}

	private double secondsUntilBack(Servers servers, LoadClient client) {
		for (int second = 1; second <= PATIENCE_SECONDS; second++) {
			Shares shares = Shares.from(servers);
			client.openLoop(this.callsPerSecond, SECOND);
			if (shares.percent(0) >= BACK_PERCENT) {
				return second;
			}
		}
		return Double.POSITIVE_INFINITY;
	}

}
