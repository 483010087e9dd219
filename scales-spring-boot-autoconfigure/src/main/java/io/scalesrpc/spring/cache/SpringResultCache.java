package io.scalesrpc.spring.cache;

import java.util.Map;

import io.scalesrpc.cache.ResultCache;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.support.NoOpCache;

/**
 * A cache of Spring's as a store of results. Keys are texts and entries are arrays of
 * bytes, which every store and every serialiser of objects can keep. <em>Immutable</em>.
 *
 * @param cache the cache
 * @param blocks whether it may be that of another process
 */
public record SpringResultCache(Cache cache, boolean blocks) implements ResultCache {

	/**
	 * Adapts a cache. One that is not known to be in memory (Caffeine, a map) is taken
	 * for one of another process.
	 * @param cache the cache
	 * @return the store
	 */
	public static SpringResultCache of(Cache cache) {
		Object store = cache.getNativeCache();
		// By name: Caffeine is optional.
		boolean inMemory = store instanceof Map || store instanceof NoOpCache
				|| store.getClass().getName().startsWith("com.github.benmanes.caffeine.");
		return new SpringResultCache(cache, !inMemory);
	}

	@Override
	public String name() {
		return this.cache.getName();
	}

	@Override
	public byte @Nullable [] get(String key) {
		ValueWrapper wrapper = this.cache.get(key);
		Object value = (wrapper != null) ? wrapper.get() : null;
		if (value == null || value instanceof byte[]) {
			return (byte[]) value;
		}
		throw new IllegalStateException("entry of cache " + name() + ": " + value.getClass().getName()
				+ " (expected: byte[], from a serialiser that gives back what it was given)");
	}

	@Override
	public void put(String key, byte[] entry) {
		this.cache.put(key, entry);
	}

}
