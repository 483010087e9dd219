package io.scalesrpc.http.message;

import java.time.Duration;

import io.scalesrpc.protocol.OptionReader;

/**
 * The time limits of HTTP connections beside those of calls. <em>Immutable</em>.
 *
 * @param pingInterval the time between pings of HTTP/2; zero for none
 * @param pingTimeout how long the answer to one may take
 * @param bodyIdle how long a streamed body may rest, whether its reader asks for nothing
 * or the server sends nothing
 */
public record HttpTimes(Duration pingInterval, Duration pingTimeout, Duration bodyIdle) {

	static final String PING_INTERVAL = "ping-interval";

	static final String PING_TIMEOUT = "ping-timeout";

	static final String BODY_IDLE_TIMEOUT = "body-idle-timeout";

	static HttpTimes of(OptionReader reader) {
		Duration interval = reader.duration(PING_INTERVAL, Duration.ofSeconds(5));
		if (interval.isNegative()) {
			throw OptionReader.bad(PING_INTERVAL, interval.toString(), "0 or more");
		}
		return new HttpTimes(interval, positive(PING_TIMEOUT, Duration.ofSeconds(4), reader),
				positive(BODY_IDLE_TIMEOUT, Duration.ofSeconds(30), reader));
	}

	private static Duration positive(String option, Duration standard, OptionReader reader) {
		Duration value = reader.duration(option, standard);
		if (value.isNegative() || value.isZero()) {
			throw OptionReader.bad(option, value.toString(), "> 0");
		}
		return value;
	}

}
