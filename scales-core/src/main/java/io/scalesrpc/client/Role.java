package io.scalesrpc.client;

import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

/**
 * What a stage is there for: its name in a stack. <em>Immutable</em>.
 *
 * @param name lower case, words joined by hyphens
 */
public record Role(String name) {

	/** Keeps a trace of calls. */
	public static final Role OBSERVATION = new Role("observation");

	/** Keeps a trace of every attempt. */
	public static final Role ATTEMPT_OBSERVATION = new Role("attempt-observation");

	/** Measures calls as the caller sees them. */
	public static final Role METRICS = new Role("metrics");

	/** Logs calls that are slow or fail. */
	public static final Role ACCESS_LOG = new Role("access-log");

	/** Answers calls from results that were kept. */
	public static final Role CACHE = new Role("cache");

	/** Ends a call when its time is up. */
	public static final Role DEADLINE = new Role("deadline");

	/** Refuses calls for a time after too many have failed. */
	public static final Role CIRCUIT_BREAKER = new Role("circuit-breaker");

	/** Sends calls again that failed. */
	public static final Role RETRY = new Role("retry");

	/** Bounds how many calls are in flight. */
	public static final Role CONCURRENCY_LIMIT = new Role("concurrency-limit");

	/** Withholds calls from servers that refuse most of them. */
	public static final Role THROTTLING = new Role("throttling");

	/** Injects faults on purpose. */
	public static final Role CHAOS = new Role("chaos");

	/** Sends a second attempt beside one that takes long. */
	public static final Role HEDGING = new Role("hedging");

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if it is not as described
	 */
	public Role {
		Checks.require(name.matches("[a-z][a-z0-9-]*"), "role", name, "lower case letters, digits and hyphens");
	}

	/**
	 * By hand, as the next one: a cold JVM takes tens of milliseconds to make a record's.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Role role && role.name.equals(this.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
