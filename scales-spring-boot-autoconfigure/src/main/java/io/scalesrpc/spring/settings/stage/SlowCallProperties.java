package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.circuitbreaker.SlowCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From which share of slow calls on calls are refused. <em>Immutable</em>.
 *
 * @param duration Time from which on a call is slow, answered or not; above 0, at most 1
 * day; without it, none is.
 * @param rate Share of slow calls from which on calls are refused; above 0, at most 1.
 */
public record SlowCallProperties(@Nullable Duration duration, @DefaultValue("0.5") double rate) {

	SlowCalls toSettings() {
		return new SlowCalls(this.duration, this.rate);
	}

}
