package io.scalesrpc.spring.redis;

import io.scalesrpc.cache.ResultCache;
import io.scalesrpc.redis.RedisResultCache;
import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.support.ResultStores;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Clients of protocol redis as stores of results. <em>Immutable</em>.
 *
 * @param registry makes the clients
 */
record RedisResultStores(ObjectProvider<ScalesClientRegistry> registry) implements ResultStores {

	@Override
	public String scheme() {
		return "redis";
	}

	@Override
	public ResultCache open(String name, String prefix) {
		ScalesClientRegistry clients = this.registry.getObject();
		String protocol = clients.settings(name).protocol();
		if (!"redis".equals(protocol)) {
			throw new IllegalArgumentException("a client of protocol redis, and '" + name + "' speaks "
					+ ((protocol != null) ? protocol : "thriftmux"));
		}
		return new RedisResultCache("redis:" + name, prefix + ":", clients.client(name, ScalesRedisClient.class));
	}

	@Override
	public String remedy() {
		return "Set 'scales.clients.<client>.protocol' of the client that is named to redis, or name another one.";
	}

}
