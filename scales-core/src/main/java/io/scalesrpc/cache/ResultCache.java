package io.scalesrpc.cache;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A store of results. It need not expire anything: when an entry is too old stands in the
 * entry; but it must bound how much it keeps. Implementations are <em>thread-safe</em>.
 */
public interface ResultCache {

	/**
	 * How configuration and log call it.
	 * @return the name
	 */
	String name();

	/**
	 * Looks an entry up.
	 * @param key printable, at most a few hundred characters
	 * @return what {@link #put} was given, not copied; {@code null} if there is none
	 * @throws RuntimeException if the store fails: the call goes on without
	 */
	byte @Nullable [] get(String key);

	/**
	 * Keeps an entry.
	 * @param key printable
	 * @param entry not changed afterwards by anyone
	 * @throws RuntimeException if the store fails
	 */
	void put(String key, byte[] entry);

	/**
	 * Keeps an entry that is of no use after a time: for stores that can forget.
	 * @param key printable
	 * @param entry not changed afterwards by anyone
	 * @param life how long it may be of use; above 0
	 * @throws RuntimeException if the store fails
	 */
	default void put(String key, byte[] entry, Duration life) {
		put(key, entry);
	}

	/**
	 * Whether these may take long, as those of another process do. Then they run on
	 * threads of their own, else wherever a call begins or ends.
	 * @return {@code false} for what is in memory
	 */
	boolean blocks();

}
