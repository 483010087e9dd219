package io.scalesrpc.breaker;

import java.time.Duration;

import io.scalesrpc.call.Checks;

/**
 * When a member that fails is left alone, and for how long. The defaults are those of
 * Finagle's failure accrual, but for the times out: a member that stood still for two
 * seconds is to be back within five. <em>Immutable</em>.
 *
 * @param enabled whether there are member breakers at all
 * @param consecutiveFailures after how many failures in a row a member is out, 1 or more
 * @param successRate below which share of answered calls it is out
 * @param backoffMin how long it is out at least, from 1 millisecond to 1 day; the first
 * time it is out for this to twice this, by chance, and every time its probe fails for
 * twice as long
 * @param backoffMax how long it is out at most, not below {@code backoffMin}, at most 1
 * day
 */
public record MemberBreakerSettings(boolean enabled, int consecutiveFailures, SuccessRate successRate,
		Duration backoffMin, Duration backoffMax) {

	/**
	 * Out after 5 failures in a row or below {@link SuccessRate#DEFAULT}, for 1 to 20
	 * seconds.
	 */
	public static final MemberBreakerSettings DEFAULT = new MemberBreakerSettings(true, 5, SuccessRate.DEFAULT,
			Duration.ofSeconds(1), Duration.ofSeconds(20));

	/** No member breakers. */
	public static final MemberBreakerSettings OFF = DEFAULT.withEnabled(false);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public MemberBreakerSettings {
		Checks.require(consecutiveFailures >= 1, "consecutiveFailures", consecutiveFailures, ">= 1");
		Checks.within("backoffMin", backoffMin, Duration.ofMillis(1), "1 millisecond");
		Checks.notBelow("backoffMax", backoffMax, "backoffMin", backoffMin);
	}

	/**
	 * The same, switched on or off.
	 * @param newEnabled whether there are member breakers at all
	 * @return the settings
	 */
	public MemberBreakerSettings withEnabled(boolean newEnabled) {
		return new MemberBreakerSettings(newEnabled, this.consecutiveFailures, this.successRate, this.backoffMin,
				this.backoffMax);
	}

	/**
	 * The same with another number of failures.
	 * @param newConsecutiveFailures after how many failures in a row a member is out, 1
	 * or more
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public MemberBreakerSettings withConsecutiveFailures(int newConsecutiveFailures) {
		return new MemberBreakerSettings(this.enabled, newConsecutiveFailures, this.successRate, this.backoffMin,
				this.backoffMax);
	}

	/**
	 * The same with another share of answered calls.
	 * @param newSuccessRate below which share a member is out
	 * @return the settings
	 */
	public MemberBreakerSettings withSuccessRate(SuccessRate newSuccessRate) {
		return new MemberBreakerSettings(this.enabled, this.consecutiveFailures, newSuccessRate, this.backoffMin,
				this.backoffMax);
	}

	/**
	 * The same with other times out.
	 * @param min how long a member is out at least
	 * @param max how long it is out at most
	 * @return the settings
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public MemberBreakerSettings withBackoff(Duration min, Duration max) {
		return new MemberBreakerSettings(this.enabled, this.consecutiveFailures, this.successRate, min, max);
	}

}
