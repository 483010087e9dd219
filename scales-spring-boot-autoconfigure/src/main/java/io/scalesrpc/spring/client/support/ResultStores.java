package io.scalesrpc.spring.client.support;

import io.scalesrpc.cache.ResultCache;

/**
 * Stores of results that are none of Spring's caches: what
 * {@code methods.<m>.cache.store} names. Found as a bean. Implementations are
 * <em>thread-safe</em>.
 */
public interface ResultStores {

	/**
	 * What stands before the colon.
	 * @return for example {@code redis}
	 */
	String scheme();

	/**
	 * Opens a store.
	 * @param name what stands behind the colon
	 * @param prefix what keys are to begin with
	 * @return the store
	 * @throws IllegalArgumentException if there is none of that name; the text says what
	 * was expected
	 */
	ResultCache open(String name, String prefix);

	/**
	 * What to do if there is none of a name.
	 * @return a sentence
	 */
	String remedy();

}
