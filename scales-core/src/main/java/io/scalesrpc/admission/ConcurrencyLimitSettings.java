package io.scalesrpc.admission;

import io.scalesrpc.call.Checks;

/**
 * How many calls of a client may be in flight at once. <em>Immutable</em>.
 *
 * @param max the number, or the most that it may grow to if it is adaptive; 0 for any,
 * which if it is adaptive is {@value #MOST}
 * @param adaptive whether the number finds itself, by latency
 */
public record ConcurrencyLimitSettings(int max, boolean adaptive) {

	/** The most that an adaptive limit grows to where nothing else is said. */
	public static final int MOST = 1000;

	/** Any number. */
	public static final ConcurrencyLimitSettings NONE = new ConcurrencyLimitSettings(0, false);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if {@code max} is negative
	 */
	public ConcurrencyLimitSettings {
		Checks.require(max >= 0, "max", max, ">= 0");
	}

	/**
	 * A number that stays.
	 * @param max 1 or more; 0 for any
	 * @return the settings
	 * @throws IllegalArgumentException if {@code max} is negative
	 */
	public static ConcurrencyLimitSettings fixed(int max) {
		return new ConcurrencyLimitSettings(max, false);
	}

	/**
	 * A number that finds itself.
	 * @param max the most that it may be; 0 for {@value #MOST}
	 * @return the settings
	 * @throws IllegalArgumentException if {@code max} is negative
	 */
	public static ConcurrencyLimitSettings adaptive(int max) {
		return new ConcurrencyLimitSettings(max, true);
	}

	/**
	 * Whether there is a limit at all.
	 * @return {@code false} if any number of calls may be in flight
	 */
	public boolean isOn() {
		return this.adaptive || this.max > 0;
	}

	/** The most that calls in flight can ever be. */
	int most() {
		return (this.max > 0) ? this.max : MOST;
	}

}
