package io.scalesrpc.cache;

/**
 * What a look-up found. <em>Immutable</em> as far as the value is.
 *
 * @param cachedResult as it was kept
 * @param value its result, decoded for one caller
 */
record CacheHit(CachedResult cachedResult, Object value) {
}
