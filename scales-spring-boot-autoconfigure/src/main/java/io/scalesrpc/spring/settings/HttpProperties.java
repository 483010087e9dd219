package io.scalesrpc.spring.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Settings of the protocols http and thrift-http. <em>Immutable</em>.
 *
 * @param version Version of HTTP: 1.1, or 2 for servers that choose it within TLS, or are
 * known to speak it.
 * @param host What the Host header says; without it, the member's name.
 * @param path What thrift-http asks for, from the first slash on.
 * @param failureStatuses Statuses that are failures, with http: single ones, classes,
 * ranges, with commas between.
 * @param gzip Whether compressed answers are asked for.
 * @param maxHeadSize Largest head of an answer; 1KB to 16MB.
 * @param bodyIdleTimeout Time that the body of a streamed answer may rest, with http;
 * above 0.
 * @param timeoutHeader Name of the header that tells the server how many milliseconds are
 * left; none without it.
 * @param attemptHeader Name of the header that tells the server the number of the
 * attempt; none without it.
 */
public record HttpProperties(@Nullable String version, @Nullable String host, @Nullable String path,
		@Nullable String failureStatuses, @Nullable Boolean gzip, @Nullable DataSize maxHeadSize,
		@Nullable Duration bodyIdleTimeout, @Nullable String timeoutHeader, @Nullable String attemptHeader) {

	/** All there are, by the names that the protocols know them by. */
	Map<String, @Nullable Object> options() {
		Map<String, @Nullable Object> options = new LinkedHashMap<>();
		options.put("version", this.version);
		options.put("host", this.host);
		options.put("path", this.path);
		options.put("failure-statuses", this.failureStatuses);
		options.put("gzip", this.gzip);
		options.put("max-head-size", this.maxHeadSize);
		options.put("body-idle-timeout", this.bodyIdleTimeout);
		options.put("timeout-header", this.timeoutHeader);
		options.put("attempt-header", this.attemptHeader);
		return options;
	}

}
