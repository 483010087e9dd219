package io.scalesrpc.client.proxy;

import java.time.Duration;

import io.scalesrpc.call.MethodSpec;

/**
 * The remote method behind one of an interface, and how long its calls may take.
 * <em>Immutable</em>.
 *
 * @param spec the remote method
 * @param timeout above zero
 */
public record BoundMethod(MethodSpec spec, Duration timeout) {
}
