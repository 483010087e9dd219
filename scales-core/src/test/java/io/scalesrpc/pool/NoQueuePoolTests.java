package io.scalesrpc.pool;

import java.time.Duration;

class NoQueuePoolTests extends PoolContract {

	NoQueuePoolTests() {
		super(new PoolSettings(0, 3, 0, Duration.ofSeconds(5), Duration.ZERO));
	}

}
