package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.cache.ResultCache;
import io.scalesrpc.call.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where results of a method are kept, and for how long. <em>Immutable</em>.
 *
 * @param name Name of the cache, of Spring's CacheManager, that keeps results of the
 * method; with a store, what its keys begin with.
 * @param store Store that keeps results of the method without a CacheManager:
 * redis:&lt;client&gt; names a client of protocol redis.
 * @param ttl Time for which a result answers calls; above 0, at most 1 day.
 * @param staleIfError Time after that in which it may stand in for a failure; at most 1
 * day.
 * @param refreshAfter Age from which a result that is given is also asked for anew, in
 * the background; above 0, less than ttl.
 * @param lookupTimeout Longest time that a call waits for a cache of another process
 * before it goes on without; above 0, at most 1 day.
 */
public record CacheProperties(@Nullable String name, @Nullable String store, @Nullable Duration ttl,
		@DefaultValue("0s") Duration staleIfError, @Nullable Duration refreshAfter,
		@DefaultValue("100ms") Duration lookupTimeout) {

	/**
	 * The settings as the stage takes them.
	 * @param cache the cache of that name
	 * @param time the ttl
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public CacheSettings toSettings(ResultCache cache, Duration time) {
		return new CacheSettings(cache, time, this.staleIfError, this.refreshAfter, this.lookupTimeout);
	}

}
