package io.scalesrpc.client.proxy;

import java.time.Duration;

import io.scalesrpc.call.CallOptions;

/**
 * What the settings say about the calls of a method. <em>Immutable</em>.
 *
 * @param timeout how long a call may take in all, above zero
 * @param options the rest of the settings
 */
public record MethodTerms(Duration timeout, CallOptions options) {
}
