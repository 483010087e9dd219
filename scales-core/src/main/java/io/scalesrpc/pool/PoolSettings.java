package io.scalesrpc.pool;

import java.time.Duration;

import static io.scalesrpc.call.Checks.notNegative;
import static io.scalesrpc.call.Checks.positive;
import static io.scalesrpc.call.Checks.require;
import static io.scalesrpc.call.Checks.requireBeside;

/**
 * How many connections the pool of one member has, and for how long. <em>Immutable</em>.
 *
 * @param low connections that are kept ready, 0 or more: one that is closed because it
 * was idle or old is replaced by a fresh one, if it has had a call. They are opened as
 * calls need them, not ahead
 * @param high the most connections, at least 1 and {@code low}
 * @param queue calls that may wait for a connection when all are in use, 0 or more
 * @param idleTimeout how long any connection may be idle; above 0, at most a day. It gets
 * no call after that, and is closed
 * @param maxAge how long any connection is used, less up to a tenth of that by chance:
 * another is opened before it goes; zero for as long as it lives, unless the client says
 * an age of all connections ({@link ConnectionSettings}); at most a day
 */
public record PoolSettings(int low, int high, int queue, Duration idleTimeout, Duration maxAge) {

	/** The watermarks of Scales, 1 low, but 64 high, and 1024 calls that wait. */
	public static final PoolSettings DEFAULT = new PoolSettings(1, 64, 1024, Duration.ofMinutes(1), Duration.ZERO);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public PoolSettings {
		require(high >= 1, "high", high, ">= 1");
		requireBeside(low >= 0 && low <= high, "low", low, "high", "0 to high " + high);
		require(queue >= 0, "queue", queue, ">= 0");
		positive("idle-timeout", idleTimeout);
		notNegative("max-age", maxAge);
	}

}
