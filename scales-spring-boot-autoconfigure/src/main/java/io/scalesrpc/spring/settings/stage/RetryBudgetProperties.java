package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.retry.RetryBudgetSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many additional attempts all calls of a client may make together.
 * <em>Immutable</em>.
 *
 * @param ratio Additional attempts for each call that was answered; 0 to 1.
 * @param minPerSecond Additional attempts a second that need no calls; 0 or more.
 * @param ttl Time for which calls and attempts are remembered; 1 to 60 seconds.
 */
public record RetryBudgetProperties(@DefaultValue("0.2") double ratio, @DefaultValue("0") int minPerSecond,
		@DefaultValue("10s") Duration ttl) {

	/**
	 * The settings as the client takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public RetryBudgetSettings toSettings() {
		return new RetryBudgetSettings(this.ratio, this.minPerSecond, this.ttl);
	}

}
