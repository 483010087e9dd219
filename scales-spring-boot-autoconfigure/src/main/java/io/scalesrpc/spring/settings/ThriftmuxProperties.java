package io.scalesrpc.spring.settings;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of protocol thriftmux. <em>Immutable</em>.
 *
 * @param dtab Delegation table sent with every request: rules separated by semicolons.
 * @param maxFragmentBytes Largest piece of a message that a server shall send at once; at
 * least 64.
 * @param opportunisticTls Whether TLS is agreed upon with each server: desired or
 * required; off speaks it from the first byte, if there is an SSL bundle.
 */
public record ThriftmuxProperties(@Nullable String dtab, @Nullable Integer maxFragmentBytes,
		@Nullable String opportunisticTls) {

	/** All there are, by the names that the protocol knows them by. */
	Map<String, @Nullable Object> options() {
		Map<String, @Nullable Object> options = new LinkedHashMap<>();
		options.put("dtab", this.dtab);
		options.put("max-fragment-bytes", this.maxFragmentBytes);
		options.put("opportunistic-tls", this.opportunisticTls);
		return options;
	}

}
