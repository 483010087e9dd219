package io.scalesrpc.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.cache.ResultCache;

/**
 * A Redis that keeps results of other clients, for all processes that use it. Entries go
 * by themselves when they are of no use any more. <em>Immutable</em>.
 *
 * @param name how configuration and log call it
 * @param prefix what keys begin with
 * @param redis the client
 */
public record RedisResultCache(String name, String prefix, ScalesRedisClient redis) implements ResultCache {

	private static final Duration DAY = Duration.ofDays(1);

	@Override
	public byte @Nullable [] get(String key) {
		return this.redis.bytes("GET", this.prefix + key);
	}

	@Override
	public void put(String key, byte[] entry) {
		put(key, entry, DAY);
	}

	@Override
	public void put(String key, byte[] entry, Duration life) {
		this.redis.command("SET", this.prefix + key, entry, "PX", Math.max(1, life.toMillis()));
	}

	@Override
	public boolean blocks() {
		return true;
	}

}
