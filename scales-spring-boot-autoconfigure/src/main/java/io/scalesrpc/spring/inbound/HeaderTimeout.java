package io.scalesrpc.spring.inbound;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two ways in which a header says how long the caller waits. What comes from outside
 * may be anything. <em>Immutable</em>; thread-safe.
 */
enum HeaderTimeout {

	/** A number, of milliseconds unless a unit follows. */
	PLAIN("(\\d{1,12})\\s?(ns|us|ms|s|m|h)?",
			Map.of("ns", TimeUnit.NANOSECONDS, "us", TimeUnit.MICROSECONDS, "ms", TimeUnit.MILLISECONDS, "s",
					TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS)),

	/** As in gRPC over HTTP/2: at most eight digits and a letter. */
	GRPC("(\\d{1,8})([HMSmun])", Map.of("n", TimeUnit.NANOSECONDS, "u", TimeUnit.MICROSECONDS, "m",
			TimeUnit.MILLISECONDS, "S", TimeUnit.SECONDS, "M", TimeUnit.MINUTES, "H", TimeUnit.HOURS));

	private final Pattern pattern;

	private final Map<String, TimeUnit> units;

	HeaderTimeout(String pattern, Map<String, TimeUnit> units) {
		this.pattern = Pattern.compile(pattern);
		this.units = units;
	}

	/**
	 * Reads a value.
	 * @return nanoseconds above 0, at most {@link Long#MAX_VALUE}; 0 if it is not right,
	 * or says 0, which means different things to different senders
	 */
	long nanos(String value) {
		Matcher matcher = this.pattern.matcher(value.strip());
		if (!matcher.matches()) {
			return 0;
		}
		String unit = matcher.group(2);
		return ((unit != null) ? this.units.getOrDefault(unit, TimeUnit.MILLISECONDS) : TimeUnit.MILLISECONDS)
			.toNanos(Long.parseLong(matcher.group(1)));
	}

}
