package io.scalesrpc.cache;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to caches: where they are asked, and what happens when they fail, which is
 * nothing but that there is no entry. The log is told once, and once when it is over.
 * <em>Thread-safe</em>.
 */
final class CacheAccess {

	private static final Logger logger = LoggerFactory.getLogger(CacheAccess.class);

	private final String client;

	private final Executor executor;

	private final ClientMetrics metrics;

	private final AtomicBoolean failing = new AtomicBoolean();

	CacheAccess(String client, Executor executor, ClientMetrics metrics) {
		this.client = client;
		this.executor = executor;
		this.metrics = metrics;
	}

	/** Runs what asks a cache: here, or elsewhere if that may block. */
	void run(ResultCache cache, Runnable task, Runnable ifRefused) {
		if (!cache.blocks()) {
			task.run();
			return;
		}
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			failed(cache, ex);
			ifRefused.run();
		}
	}

	@Nullable CacheHit look(CacheLookup cacheLookup) {
		ResultCache cache = cacheLookup.cache();
		try {
			byte[] bytes = cache.get(cacheLookup.key());
			CachedResult cachedResult = (bytes != null) ? CachedResult.decode(bytes) : null;
			CacheHit cacheHit = (cachedResult != null)
					? new CacheHit(cachedResult, cacheLookup.codec().decodeResult(cachedResult.result())) : null;
			worked(cache);
			return cacheHit;
		}
		catch (RuntimeException ex) {
			failed(cache, ex);
			return null;
		}
	}

	void keep(CacheLookup cacheLookup, CachedResult cachedResult) {
		ResultCache cache = cacheLookup.cache();
		try {
			cache.put(cacheLookup.key(), cachedResult.encode(), cachedResult.life(cacheLookup.settings()));
			worked(cache);
		}
		catch (RuntimeException ex) {
			failed(cache, ex);
		}
	}

	private void worked(ResultCache cache) {
		if (this.failing.get() && this.failing.compareAndSet(true, false)) {
			logger.info("[{}] cache {} works again", this.client, cache.name());
		}
	}

	void failed(ResultCache cache, Exception ex) {
		this.metrics.count(Event.CACHE_ERROR);
		if (this.failing.compareAndSet(false, true)) {
			logger.warn("[{}] cache {} failed, calls go on without: {}", this.client, cache.name(), ex.toString());
		}
	}

}
