/**
 * Spring's caches as stores of results. Used by {@code io.scalesrpc.spring.client}, which
 * makes them of {@code methods.<method>.cache.*}. Never makes a cache: the application's
 * CacheManager does.
 */
@NullMarked
package io.scalesrpc.spring.cache;

import org.jspecify.annotations.NullMarked;
