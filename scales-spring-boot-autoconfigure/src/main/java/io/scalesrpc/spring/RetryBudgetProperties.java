package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.retry.RetryBudgetSettings;
import org.jspecify.annotations.Nullable;

/**
 * How many additional attempts all calls of a client may make together.
 * <em>Immutable</em>.
 *
 * @param ratio Additional attempts for each call that was answered; 0 to 1.
 * @param minPerSecond Additional attempts a second that need no calls; 0 or more.
 * @param ttl Time for which calls and attempts are remembered; 1 to 60 seconds.
 */
public record RetryBudgetProperties(@Nullable Double ratio, @Nullable Integer minPerSecond, @Nullable Duration ttl) {

	static final RetryBudgetProperties NONE = new RetryBudgetProperties(null, null, null);

	RetryBudgetProperties over(RetryBudgetProperties defaults) {
		return new RetryBudgetProperties(ClientProperties.first(this.ratio, defaults.ratio),
				ClientProperties.first(this.minPerSecond, defaults.minPerSecond),
				ClientProperties.first(this.ttl, defaults.ttl));
	}

	/**
	 * The settings as the client takes them.
	 * @return the settings, those not set being the core's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public RetryBudgetSettings toSettings() {
		RetryBudgetSettings own = RetryBudgetSettings.DEFAULT;
		return new RetryBudgetSettings(BalancerProperties.or(this.ratio, own.ratio()),
				BalancerProperties.or(this.minPerSecond, own.minPerSecond()),
				BalancerProperties.or(this.ttl, own.ttl()));
	}

}
