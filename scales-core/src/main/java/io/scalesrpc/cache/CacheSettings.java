package io.scalesrpc.cache;

import java.time.Duration;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Where results of a method are kept, and for how long. <em>Immutable</em>.
 *
 * @param cache keeps them; {@code null} for nothing is kept
 * @param ttl how long a result answers calls, give or take 10 %, so that those of one
 * moment do not expire together; above 0, at most 1 day
 * @param staleIfError how long after that it may stand in for a failure; 0 to 1 day
 * @param refreshAfter the age from which a result that is given is also asked for anew,
 * in the background; above 0 and below the ttl, or {@code null} for never
 * @param lookupTimeout how long a call waits for a cache of another process before it
 * goes on without; above 0, at most 1 day
 */
public record CacheSettings(@Nullable ResultCache cache, Duration ttl, Duration staleIfError,
		@Nullable Duration refreshAfter, Duration lookupTimeout) {

	private static final Duration LOOKUP_TIMEOUT = Duration.ofMillis(100);

	/** Nothing is kept. */
	public static final CacheSettings OFF = new CacheSettings(null, Duration.ofMinutes(1), Duration.ZERO, null,
			LOOKUP_TIMEOUT);

	/** What calls are asked for. */
	public static final CallOptions.Key<CacheSettings> KEY = new CallOptions.Key<>("cache", OFF);

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public CacheSettings {
		Checks.positive("ttl", ttl);
		Checks.notNegative("staleIfError", staleIfError);
		if (refreshAfter != null) {
			Checks.positive("refreshAfter", refreshAfter);
			Checks.requireBeside(refreshAfter.compareTo(ttl) < 0, "refreshAfter", refreshAfter, "ttl",
					"less than ttl, which is " + ttl);
		}
		Checks.positive("lookupTimeout", lookupTimeout);
	}

	/**
	 * Keeps results for a time.
	 * @param cache where
	 * @param ttl how long; above 0, at most 1 day
	 * @return the settings, the rest as by default
	 */
	public static CacheSettings of(ResultCache cache, Duration ttl) {
		return new CacheSettings(cache, ttl, Duration.ZERO, null, LOOKUP_TIMEOUT);
	}

	/**
	 * Lets an old result stand in for a failure.
	 * @param time how long after its ttl; 0 to 1 day
	 * @return the new settings
	 */
	public CacheSettings withStaleIfError(Duration time) {
		return new CacheSettings(this.cache, this.ttl, time, this.refreshAfter, this.lookupTimeout);
	}

	/**
	 * Asks for results anew while they still answer.
	 * @param age from which age on; above 0 and below the ttl
	 * @return the new settings
	 */
	public CacheSettings withRefreshAfter(Duration age) {
		return new CacheSettings(this.cache, this.ttl, this.staleIfError, age, this.lookupTimeout);
	}

	/**
	 * Bounds the waiting for a cache of another process.
	 * @param time above 0, at most 1 day; 100 ms by default
	 * @return the new settings
	 */
	public CacheSettings withLookupTimeout(Duration time) {
		return new CacheSettings(this.cache, this.ttl, this.staleIfError, this.refreshAfter, time);
	}

}
