package io.scalesrpc.redis;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Checks;

/**
 * What a new connection says of itself before its first call. <em>Immutable</em>.
 *
 * @param database the number of the database, from 0; servers have 16 unless set
 * otherwise
 * @param username the user of Redis's access control lists; {@code null} for the default
 * user
 * @param password its password; {@code null} if none is asked for
 * @param clientName how {@code CLIENT LIST} calls the connections; {@code null} for
 * nothing
 */
public record RedisLogin(int database, @Nullable String username, @Nullable String password,
		@Nullable String clientName) {

	/** Database 0, nobody in particular. */
	public static final RedisLogin DEFAULT = new RedisLogin(0, null, null, null);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range, or a user has no
	 * password
	 */
	public RedisLogin {
		Checks.require(database >= 0, "redis.database", database, "0 or more");
		Checks.require(username == null || !username.isBlank(), "redis.username", "'" + username + "'", "not blank");
		Checks.require(password == null || !password.isEmpty(), "redis.password", "''", "not empty");
		Checks.requireNotWithout(username == null || password != null, "redis.username", String.valueOf(username),
				"redis.password");
		Checks.require(clientName == null || isName(clientName), "redis.client-name", "'" + clientName + "'",
				"printable characters without blanks");
	}

	/** Redis refuses others. */
	private static boolean isName(String text) {
		return !text.isEmpty() && text.chars().allMatch((c) -> c > ' ' && c <= '~');
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "RedisLogin[database=" + this.database + ", username=" + this.username + ", clientName="
				+ this.clientName + "]";
	}

}
