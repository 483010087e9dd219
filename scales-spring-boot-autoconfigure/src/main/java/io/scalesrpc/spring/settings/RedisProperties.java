package io.scalesrpc.spring.settings;

import java.time.Duration;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.redis.ReadFrom;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.RedisSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

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
 * @param pingInterval Time after which a silent connection in use is sent a PING; 0 for
 * never, at most 1 day.
 * @param pingTimeout Time after that in which it must say something, or it is replaced;
 * above 0, at most 1 day.
 * @param verifyReplies Whether every batch of commands is followed by an ECHO that proves
 * that its replies are in step.
 */
public record RedisProperties(@Nullable Integer database, @Nullable String username, @Nullable String password,
		@Nullable String clientName, @DefaultValue("primary") ReadFrom readFrom, @DefaultValue("0") int protocolVersion,
		@DefaultValue("5s") Duration pingInterval, @DefaultValue("4s") Duration pingTimeout,
		@DefaultValue("true") boolean verifyReplies) {

	/**
	 * The settings as the protocol takes them.
	 * @param known what holds where nothing is set here
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public RedisSettings toSettings(RedisLogin known) {
		RedisLogin login = new RedisLogin((this.database != null) ? this.database : known.database(),
				(this.username != null) ? this.username : known.username(),
				(this.password != null) ? this.password : known.password(),
				(this.clientName != null) ? this.clientName : known.clientName());
		return new RedisSettings(login, this.readFrom, this.protocolVersion, this.pingInterval, this.pingTimeout,
				this.verifyReplies);
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "RedisProperties[database=" + this.database + ", username=" + this.username + ", readFrom="
				+ this.readFrom + "]";
	}

}
