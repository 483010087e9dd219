package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.breaker.SuccessRate;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which share of its calls a member must answer. <em>Immutable</em>.
 *
 * @param min Least share that is good enough; 0 to 1, 0 for any.
 * @param window Time over which the share is taken; 1 second to 1 day.
 * @param minCalls Number of calls there must have been in that time; at least 1.
 */
public record SuccessRateProperties(@DefaultValue("0.8") double min, @DefaultValue("30s") Duration window,
		@DefaultValue("20") int minCalls) {

	SuccessRate toSettings() {
		return new SuccessRate(this.min, this.window, this.minCalls);
	}

}
