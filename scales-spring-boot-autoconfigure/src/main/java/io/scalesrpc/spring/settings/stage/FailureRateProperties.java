package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.circuitbreaker.FailureRate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From which share of failed calls on calls are refused, and over which calls shares are
 * taken. <em>Immutable</em>.
 *
 * @param threshold Share of failed calls from which on calls are refused; above 0, at
 * most 1; without it, only failures in a row count.
 * @param window Time over which the shares of failed and of slow calls are taken; 1
 * second to 1 day.
 * @param minCalls Number of calls there must have been in that time; at least 1.
 */
public record FailureRateProperties(@Nullable Double threshold, @DefaultValue("30s") Duration window,
		@DefaultValue("20") int minCalls) {

	FailureRate toSettings() {
		return new FailureRate(this.threshold, this.window, this.minCalls);
	}

}
