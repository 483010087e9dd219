package io.scalesrpc.spring.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls are observed, for traces. <em>Immutable</em>.
 *
 * @param enabled Whether calls of clients and servers are observed, where the application
 * has an ObservationRegistry.
 * @param attemptSpans Whether every attempt of a call is a span of its own below that of
 * its call; otherwise attempts are events of it.
 * @param rpcMeters Whether calls of clients and servers are timed by the names of
 * OpenTelemetry's semantic conventions, too: rpc.client.call.duration and
 * rpc.server.call.duration.
 */
public record ObservationProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean attemptSpans,
		@DefaultValue("false") boolean rpcMeters) {
}
