package io.scalesrpc.finagle.balancing;

import java.time.Duration;

/**
 * Nobody listens at the second of two members: 1000 calls without sending again, then
 * with it, each by a new client. <em>Immutable</em>.
 */
record TwoMembersOneDead() implements Scenario {

	static final String FAILED = "failed of 1000, no retries";

	static final String FAILED_RETRIED = "failed of 1000, retries";

	@Override
	public int servers() {
		return 2;
	}

	@Override
	public void prepare(Servers servers) {
		servers.kill(1);
	}

	@Override
	public Report run(Servers servers, LoadClient client) {
		return new Report().put(FAILED, failures(servers, client, false))
			.put(FAILED_RETRIED, failures(servers, client, true));
	}

	private static double failures(Servers servers, LoadClient client, boolean retries) {
		client.open(servers.addresses(2), retries);
		return client.closedLoop(4, 1000, Duration.ofSeconds(60)).failures();
	}

}
