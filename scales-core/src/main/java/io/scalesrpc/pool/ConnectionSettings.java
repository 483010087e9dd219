package io.scalesrpc.pool;

import java.time.Duration;

import io.scalesrpc.call.Checks;

import static io.scalesrpc.call.Checks.require;

/**
 * How long connections are used, and how many a member has where calls share them: for
 * addresses behind which there are many servers. <em>Immutable</em>.
 *
 * @param maxConnectionAge how old a connection gets, less up to a tenth of that by
 * chance, before another takes its place; zero for as long as it lives, otherwise 100 ms
 * to 1 day
 * @param connectionsPerMember how many connections a member has, from 1 to 64; more than
 * 1 only with protocols whose calls share a connection
 */
public record ConnectionSettings(Duration maxConnectionAge, int connectionsPerMember) {

	/** One connection to each member, for as long as it lives. */
	public static final ConnectionSettings DEFAULT = new ConnectionSettings(Duration.ZERO, 1);

	private static final Duration LEAST_AGE = Duration.ofMillis(100);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ConnectionSettings {
		if (!maxConnectionAge.isZero()) {
			Checks.within("max-connection-age", maxConnectionAge, LEAST_AGE, "0, or 100 ms");
		}
		require(connectionsPerMember >= 1 && connectionsPerMember <= 64, "connections-per-member", connectionsPerMember,
				"1 to 64");
	}

	/**
	 * Whether these are the defaults, compared without the code that the JVM makes for a
	 * record: a cold JVM takes tens of milliseconds for that.
	 * @return {@code true} if they say what {@link #DEFAULT} says
	 */
	public boolean isDefault() {
		return this.connectionsPerMember == DEFAULT.connectionsPerMember
				&& this.maxConnectionAge.equals(DEFAULT.maxConnectionAge);
	}

	/**
	 * The same with another age.
	 * @param age 0, or 100 ms to 1 day
	 * @return the new settings
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public ConnectionSettings withMaxConnectionAge(Duration age) {
		return new ConnectionSettings(age, this.connectionsPerMember);
	}

	/**
	 * The same with another number of connections.
	 * @param connections 1 to 64
	 * @return the new settings
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public ConnectionSettings withConnectionsPerMember(int connections) {
		return new ConnectionSettings(this.maxConnectionAge, connections);
	}

	/**
	 * The same for connections that take one call at a time.
	 * @param pool how many connections a member has, and for how long; an age that it
	 * says itself stays
	 * @return what a pool is to have
	 */
	public PoolSettings over(PoolSettings pool) {
		return (pool.maxAge().isZero() && !this.maxConnectionAge.isZero())
				? new PoolSettings(pool.low(), pool.high(), pool.queue(), pool.idleTimeout(), this.maxConnectionAge)
				: pool;
	}

}
