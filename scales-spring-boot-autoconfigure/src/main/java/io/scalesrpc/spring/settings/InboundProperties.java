package io.scalesrpc.spring.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What the headers of a request to this application say to the calls that are made for
 * it. <em>Immutable</em>.
 *
 * @param enabled Whether the headers are read.
 * @param timeoutHeader Header that says how long the caller waits, such as 200 or 200ms;
 * empty for none. Without a unit in milliseconds.
 * @param grpcTimeoutHeader Header that says so as gRPC does, such as 200m for 200
 * milliseconds; empty for none.
 * @param attemptHeader Header that says how often the caller has sent the request before;
 * empty for none.
 * @param firstAttempt Number that this header has when the request is sent for the first
 * time; 0 or 1.
 * @param minTimeout Shortest time that a header is believed; a shorter one counts as this
 * long. At most max-timeout; 0 for none.
 * @param maxTimeout Longest time that a header is believed; a longer one counts as this
 * long. Above 0, at most 1 day.
 */
public record InboundProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("X-Request-Timeout") String timeoutHeader, @DefaultValue("grpc-timeout") String grpcTimeoutHeader,
		@DefaultValue("X-Retry-Attempt") String attemptHeader, @DefaultValue("0") int firstAttempt,
		@DefaultValue("0s") Duration minTimeout, @DefaultValue("1h") Duration maxTimeout) {

	private static final Duration MAX = Duration.ofDays(1);

	/**
	 * Checks the values.
	 * @throws InvalidConfigurationPropertyValueException if one is out of its range
	 */
	public InboundProperties {
		if (firstAttempt < 0 || firstAttempt > 1) {
			throw new InvalidConfigurationPropertyValueException("scales.inbound.first-attempt", firstAttempt,
					"Expected 0 or 1.");
		}
		if (maxTimeout.isZero() || maxTimeout.isNegative() || maxTimeout.compareTo(MAX) > 0) {
			throw new InvalidConfigurationPropertyValueException("scales.inbound.max-timeout", maxTimeout,
					"Expected a time above 0, and at most 1 day.");
		}
		if (minTimeout.isNegative() || minTimeout.compareTo(maxTimeout) > 0) {
			throw new InvalidConfigurationPropertyValueException("scales.inbound.min-timeout", minTimeout,
					"Expected 0, or a time up to scales.inbound.max-timeout, which is " + maxTimeout + ".");
		}
	}

}
