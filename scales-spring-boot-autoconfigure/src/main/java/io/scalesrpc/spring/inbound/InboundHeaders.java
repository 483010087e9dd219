package io.scalesrpc.spring.inbound;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.spring.InboundProperties;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a request's headers what calls made for it have to know. A header that cannot
 * be read counts as not sent; the first of each name is logged. <em>Thread-safe</em>.
 */
final class InboundHeaders {

	private static final Logger logger = LoggerFactory.getLogger(InboundHeaders.class);

	private static final int MAX_ATTEMPT = 1000;

	private final InboundProperties properties;

	private final Ticker ticker;

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	InboundHeaders(InboundProperties properties, Ticker ticker) {
		this.properties = properties;
		this.ticker = ticker;
	}

	/**
	 * Reads the headers of a request that arrives now.
	 * @param headers gives the first value of a header, or null
	 * @return null if they say nothing
	 */
	@Nullable InboundRequest read(UnaryOperator<@Nullable String> headers) {
		long timeout = Math.min(timeout(headers, this.properties.timeoutHeader(), HeaderTimeout.PLAIN),
				timeout(headers, this.properties.grpcTimeoutHeader(), HeaderTimeout.GRPC));
		int attempt = attempt(headers);
		if (timeout == Long.MAX_VALUE && attempt == 0) {
			return null;
		}
		return new InboundRequest((timeout != Long.MAX_VALUE) ? deadline(timeout) : null, attempt);
	}

	private Deadline deadline(long timeout) {
		return new Deadline(this.ticker.nanos(), Math.min(timeout, this.properties.maxTimeout().toNanos()));
	}

	/** In nanoseconds, {@link Long#MAX_VALUE} for none. */
	private long timeout(UnaryOperator<@Nullable String> headers, String name, HeaderTimeout style) {
		String value = value(headers, name);
		long nanos = (value != null) ? style.nanos(value) : Long.MAX_VALUE;
		if (nanos == 0) {
			bad(name);
			return Long.MAX_VALUE;
		}
		// A time beyond measure is one all the same: it counts as the longest.
		return (value != null) ? Math.min(nanos, Long.MAX_VALUE - 1) : nanos;
	}

	private int attempt(UnaryOperator<@Nullable String> headers) {
		String name = this.properties.attemptHeader();
		String value = value(headers, name);
		if (value == null) {
			return 0;
		}
		try {
			int attempt = Integer.parseInt(value.strip()) - this.properties.firstAttempt();
			if (attempt >= 0) {
				return Math.min(attempt, MAX_ATTEMPT);
			}
		}
		catch (NumberFormatException ex) {
			// as any other number that is none
		}
		bad(name);
		return 0;
	}

	private static @Nullable String value(UnaryOperator<@Nullable String> headers, String name) {
		return name.isEmpty() ? null : headers.apply(name);
	}

	/** Without the value: it comes from outside. */
	private void bad(String name) {
		if (this.logged.add(name)) {
			logger.info("A header '{}' cannot be read and is ignored; the next ones are not logged", name);
		}
	}

}
