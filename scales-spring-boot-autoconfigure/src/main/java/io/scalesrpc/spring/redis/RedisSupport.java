package io.scalesrpc.spring.redis;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.connection.LettuceExtras;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.spring.client.support.ProtocolSupport;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the application knows of Redis. What Spring Boot says of its servers holds for
 * those servers only: a client with a uri of its own has its own login and TLS.
 * <em>Immutable</em>.
 *
 * @param values makes bytes of objects; null if nobody does
 * @param extras what is set up of Lettuce
 * @param servers those that the application knows; null if it knows none
 */
record RedisSupport(@Nullable ValueCodec values, LettuceExtras extras,
		@Nullable KnownServers servers) implements ProtocolSupport {

	@Override
	public String protocol() {
		return "redis";
	}

	@Override
	public Protocol create(String client, ClientProperties settings) {
		RedisLogin login = (settings.uri() == null && this.servers != null) ? this.servers.login() : RedisLogin.DEFAULT;
		return new RedisProtocol(settings.redis().toSettings(login), this.values, this.extras);
	}

	@Override
	public @Nullable String uri(String client, ClientProperties settings) {
		return (this.servers != null) ? this.servers.uri() : null;
	}

	@Override
	public void customize(ClientProperties settings, ClientBuilder<?> builder) {
		TlsSettings tls = (settings.uri() == null && settings.ssl().bundle() == null && this.servers != null)
				? this.servers.tls() : null;
		if (tls != null) {
			builder.tls(tls);
		}
	}

}
