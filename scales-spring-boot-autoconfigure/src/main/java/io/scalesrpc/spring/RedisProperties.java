package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.redis.ReadFrom;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.RedisSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of protocol redis. <em>Immutable</em>.
 *
 * @param database Number of the database, from 0.
 * @param username User of Redis's access control lists; needs a password.
 * @param password Password of the user, or of the default user.
 * @param clientName Name of the connections in CLIENT LIST; printable, without blanks.
 * @param readFrom Which of several servers are asked to read: the primary, the replicas,
 * or any.
 * @param protocolVersion Version of RESP, 2 or 3; 0 for whichever the server speaks.
 * @param pingInterval Time after which a silent connection is sent a PING; 0 for never,
 * at most 1 day.
 * @param pingTimeout Time after that in which it must say something, or it is replaced;
 * above 0, at most 1 day.
 * @param verifyReplies Whether every batch of commands is followed by an ECHO that proves
 * that its replies are in step.
 */
public record RedisProperties(@Nullable Integer database, @Nullable String username, @Nullable String password,
		@Nullable String clientName, @Nullable ReadFrom readFrom, @Nullable Integer protocolVersion,
		@Nullable Duration pingInterval, @Nullable Duration pingTimeout, @Nullable Boolean verifyReplies) {

	static final RedisProperties NONE = new RedisProperties(null, null, null, null, null, null, null, null, null);

	RedisProperties over(RedisProperties defaults) {
		return new RedisProperties(ClientProperties.first(this.database, defaults.database),
				ClientProperties.first(this.username, defaults.username),
				ClientProperties.first(this.password, defaults.password),
				ClientProperties.first(this.clientName, defaults.clientName),
				ClientProperties.first(this.readFrom, defaults.readFrom),
				ClientProperties.first(this.protocolVersion, defaults.protocolVersion),
				ClientProperties.first(this.pingInterval, defaults.pingInterval),
				ClientProperties.first(this.pingTimeout, defaults.pingTimeout),
				ClientProperties.first(this.verifyReplies, defaults.verifyReplies));
	}

	/**
	 * The settings as the protocol takes them.
	 * @param known what holds where nothing is set here
	 * @return the settings
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name, {@code redis.} included
	 */
	public RedisSettings toSettings(RedisLogin known) {
		RedisSettings own = RedisSettings.DEFAULT;
		RedisLogin login = new RedisLogin(BalancerProperties.or(this.database, known.database()),
				ClientProperties.first(this.username, known.username()),
				ClientProperties.first(this.password, known.password()),
				ClientProperties.first(this.clientName, known.clientName()));
		return new RedisSettings(login, BalancerProperties.or(this.readFrom, own.readFrom()),
				BalancerProperties.or(this.protocolVersion, own.protocolVersion()),
				BalancerProperties.or(this.pingInterval, own.pingInterval()),
				BalancerProperties.or(this.pingTimeout, own.pingTimeout()),
				BalancerProperties.or(this.verifyReplies, own.verifyReplies()));
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "RedisProperties[database=" + this.database + ", username=" + this.username + ", readFrom="
				+ this.readFrom + "]";
	}

}
