package io.scalesrpc.time;

import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;

/**
 * A back-off whose first wait is anything from none to twice its length, so that those
 * who failed at the same moment do not try again at the same moment. Later waits keep the
 * distance. <em>Thread-safe</em> if both parts are.
 *
 * @param backoff how long to wait
 * @param random the source of chance
 */
@Internal
public record SpreadFirstWait(Backoff backoff, RandomGenerator random) implements Backoff {

	@Override
	public long nanosAfter(int failures) {
		long wait = this.backoff.nanosAfter(failures);
		return (failures > 1) ? wait : (long) (2 * wait * this.random.nextDouble());
	}

}
