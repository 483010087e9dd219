package io.scalesrpc.simulation;

/**
 * What a simulated server counts. <em>Confined to the thread that runs the world.</em>
 */
final class Tally {

	private final RecentLatencies recent = new RecentLatencies();

	private long calls;

	private int opened;

	private int held;

	void call() {
		this.calls++;
	}

	/** Counts from now on. */
	void forgetCalls() {
		this.calls = 0;
	}

	long calls() {
		return this.calls;
	}

	void opened(int nowHeld) {
		this.opened++;
		this.held = nowHeld;
	}

	void held(int nowHeld) {
		this.held = nowHeld;
	}

	int opened() {
		return this.opened;
	}

	int held() {
		return this.held;
	}

	RecentLatencies recent() {
		return this.recent;
	}

}
