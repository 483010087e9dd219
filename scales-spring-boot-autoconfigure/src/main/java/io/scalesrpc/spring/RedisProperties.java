package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

/**
 * Settings of protocol redis. <em>Immutable</em>.
 *
 * @param database Number of the database.
 */
public record RedisProperties(@Nullable Integer database) {

	static final RedisProperties NONE = new RedisProperties(null);

	RedisProperties over(RedisProperties defaults) {
		return new RedisProperties(ClientProperties.first(this.database, defaults.database));
	}

}
