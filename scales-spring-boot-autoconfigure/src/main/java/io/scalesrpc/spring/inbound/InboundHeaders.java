package io.scalesrpc.spring.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.spring.settings.InboundProperties;
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

	/** What comes behind is read as one, and cannot be. */
	private static final int MAX_VALUES = 16;

	private final InboundProperties properties;

	private final Ticker ticker;

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	InboundHeaders(InboundProperties properties, Ticker ticker) {
		this.properties = properties;
		this.ticker = ticker;
	}

	/**
	 * Reads the headers of a request that arrives now. Of several timeouts, in one header
	 * or in more, the shortest counts; of several attempts the latest.
	 * @param headers gives the values of a header
	 * @return null if they say nothing
	 */
	@Nullable InboundRequest read(Function<String, ? extends Iterable<String>> headers) {
		long timeout = Math.min(timeout(headers, this.properties.timeoutHeader(), HeaderTimeout.PLAIN),
				timeout(headers, this.properties.grpcTimeoutHeader(), HeaderTimeout.GRPC));
		int attempt = attempt(headers);
		if (timeout == Long.MAX_VALUE && attempt == 0) {
			return null;
		}
		return new InboundRequest((timeout != Long.MAX_VALUE) ? deadline(timeout) : null, attempt);
	}

	private Deadline deadline(long timeout) {
		long atLeast = Math.max(timeout, this.properties.minTimeout().toNanos());
		return new Deadline(this.ticker.nanos(), Math.min(atLeast, this.properties.maxTimeout().toNanos()));
	}

	/** In nanoseconds, {@link Long#MAX_VALUE} for none. */
	private long timeout(Function<String, ? extends Iterable<String>> headers, String name, HeaderTimeout style) {
		long shortest = Long.MAX_VALUE;
		for (String value : values(headers, name)) {
			long nanos = style.nanos(value);
			if (nanos == 0) {
				bad(name);
			}
			else {
				// A time beyond measure is one all the same: it counts as the longest.
				shortest = Math.min(shortest, Math.min(nanos, Long.MAX_VALUE - 1));
			}
		}
		return shortest;
	}

	private int attempt(Function<String, ? extends Iterable<String>> headers) {
		int latest = 0;
		for (String value : values(headers, this.properties.attemptHeader())) {
			int attempt = attempt(value);
			if (attempt < 0) {
				bad(this.properties.attemptHeader());
			}
			latest = Math.max(latest, Math.min(attempt, MAX_ATTEMPT));
		}
		return latest;
	}

	/** Negative if it is none. */
	private int attempt(String value) {
		try {
			return Integer.parseInt(value.strip()) - this.properties.firstAttempt();
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/** Those of headers that a proxy has put together, too. */
	private static List<String> values(Function<String, ? extends Iterable<String>> headers, String name) {
		if (name.isEmpty()) {
			return List.of();
		}
		List<String> values = new ArrayList<>(1);
		for (String header : headers.apply(name)) {
			if (header.indexOf(',') < 0) {
				values.add(header);
			}
			else {
				values.addAll(List.of(header.split(",", MAX_VALUES)));
			}
		}
		return values;
	}

	/** Without the value: it comes from outside. */
	private void bad(String name) {
		if (this.logged.add(name)) {
			logger.info("A header '{}' cannot be read and is ignored; the next ones are not logged", name);
		}
	}

}
