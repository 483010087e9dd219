package io.scalesrpc.spring.redis;

import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * Servers of Redis that the application knows of, for clients that do not say where
 * theirs are. Implementations are <em>thread-safe</em>.
 */
interface KnownServers {

	/**
	 * Where they are; {@code null} if nobody knows.
	 * @throws IllegalArgumentException if they are of a kind that is not supported
	 */
	@Nullable String uri();

	/** As whom they are spoken with. */
	RedisLogin login();

	/** How TLS is spoken with them; {@code null} for not at all. */
	@Nullable TlsSettings tls();

}
