package io.scalesrpc.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Checks;

/**
 * How a client speaks with Redis. <em>Immutable</em>.
 *
 * @param login database, user and name of connections
 * @param readFrom which servers are asked to read, if the members are several
 * @param protocolVersion 2 or 3 (RESP); 0 for 3 with servers that speak it, and else 2
 * @param pingInterval how long a connection in use may be silent before it is asked for a
 * sign of life; zero for never, 0 to 1 day
 * @param pingTimeout how long it may then stay silent before it is replaced; above 0, at
 * most 1 day
 * @param verifyReplies whether every batch of commands is followed by an {@code ECHO} of
 * a number that is used once, and replies are believed only if it comes back in its place
 */
public record RedisSettings(RedisLogin login, ReadFrom readFrom, int protocolVersion, Duration pingInterval,
		Duration pingTimeout, boolean verifyReplies) {

	/** Database 0, reads from the primary, verified replies; silence ends after 9 s. */
	public static final RedisSettings DEFAULT = new RedisSettings(RedisLogin.DEFAULT, ReadFrom.PRIMARY, 0,
			Duration.ofSeconds(5), Duration.ofSeconds(4), true);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RedisSettings {
		Checks.require(protocolVersion == 0 || protocolVersion == 2 || protocolVersion == 3, "redis.protocol-version",
				protocolVersion, "2, 3, or 0 for whichever the server speaks");
		Checks.notNegative("redis.ping-interval", pingInterval);
		Checks.positive("redis.ping-timeout", pingTimeout);
	}

	/**
	 * The same with another database.
	 * @param database its number, from 0
	 * @return new settings
	 */
	public RedisSettings withDatabase(int database) {
		return withLogin(
				new RedisLogin(database, this.login.username(), this.login.password(), this.login.clientName()));
	}

	/**
	 * The same as a user of Redis.
	 * @param username a user of the access control lists, or {@code null} for the default
	 * user
	 * @param password its password, or {@code null} for none
	 * @return new settings
	 */
	public RedisSettings withCredentials(@Nullable String username, @Nullable String password) {
		return withLogin(new RedisLogin(this.login.database(), username, password, this.login.clientName()));
	}

	/**
	 * The same with a name that {@code CLIENT LIST} shows.
	 * @param name printable, without blanks
	 * @return new settings
	 */
	public RedisSettings withClientName(@Nullable String name) {
		return withLogin(new RedisLogin(this.login.database(), this.login.username(), this.login.password(), name));
	}

	/**
	 * The same with other servers for reads.
	 * @param servers which
	 * @return new settings
	 */
	public RedisSettings withReadFrom(ReadFrom servers) {
		return new RedisSettings(this.login, servers, this.protocolVersion, this.pingInterval, this.pingTimeout,
				this.verifyReplies);
	}

	/**
	 * The same with one version of the protocol.
	 * @param version 2 or 3; 0 for whichever the server speaks
	 * @return new settings
	 */
	public RedisSettings withProtocolVersion(int version) {
		return new RedisSettings(this.login, this.readFrom, version, this.pingInterval, this.pingTimeout,
				this.verifyReplies);
	}

	/**
	 * The same with other bounds for silence.
	 * @param interval when a silent connection is asked for a sign of life; zero for
	 * never
	 * @param timeout how long the answer may take; above 0
	 * @return new settings
	 */
	public RedisSettings withPing(Duration interval, Duration timeout) {
		return new RedisSettings(this.login, this.readFrom, this.protocolVersion, interval, timeout,
				this.verifyReplies);
	}

	/**
	 * The same, with or without the proof that replies are in step with commands.
	 * @param verify {@code false} to send nothing but the commands
	 * @return new settings
	 */
	public RedisSettings withVerifyReplies(boolean verify) {
		return new RedisSettings(this.login, this.readFrom, this.protocolVersion, this.pingInterval, this.pingTimeout,
				verify);
	}

	private RedisSettings withLogin(RedisLogin other) {
		return new RedisSettings(other, this.readFrom, this.protocolVersion, this.pingInterval, this.pingTimeout,
				this.verifyReplies);
	}

}
