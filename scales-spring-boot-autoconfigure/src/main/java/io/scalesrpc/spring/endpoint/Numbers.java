package io.scalesrpc.spring.endpoint;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Numbers as people read them. <em>Stateless</em>.
 */
final class Numbers {

	private static final double NANOS_PER_MILLI = 1e6;

	private static final double THOUSAND = 1000;

	private Numbers() {
	}

	/** Three digits after the point. */
	static double rounded(double value) {
		return Math.round(value * THOUSAND) / THOUSAND;
	}

	static @Nullable Double millis(@Nullable Duration time) {
		return (time != null) ? rounded(time.toNanos() / NANOS_PER_MILLI) : null;
	}

}
