package io.scalesrpc.spring.settings;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the protocols thrift and thrift-http. <em>Immutable</em>.
 *
 * @param transport How plain Thrift tells a message from the next: framed or buffered.
 * @param pipeline Whether plain Thrift sends requests on one connection without waiting
 * for answers, for servers that answer in order.
 * @param serviceName Service that is called behind a TMultiplexedProcessor; none without
 * it.
 * @param upgrade Whether servers of plain Thrift are asked for Finagle's TTwitter.
 * @param dtab Delegation table sent to upgraded servers, rules separated by semicolons.
 */
public record ThriftProperties(@Nullable String transport, @Nullable Boolean pipeline, @Nullable String serviceName,
		@Nullable Boolean upgrade, @Nullable String dtab) {

	/** All there are, by the names that the protocols know them by. */
	Map<String, @Nullable Object> options() {
		Map<String, @Nullable Object> options = new LinkedHashMap<>();
		options.put("transport", this.transport);
		options.put("pipeline", this.pipeline);
		options.put("service-name", this.serviceName);
		options.put("upgrade", this.upgrade);
		options.put("dtab", this.dtab);
		return options;
	}

}
