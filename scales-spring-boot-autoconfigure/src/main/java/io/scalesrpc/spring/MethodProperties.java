package io.scalesrpc.spring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings of one method of a client. <em>Immutable</em>.
 *
 * @param timeout Longest time a call of this method may take in all; above 0, at most 1
 * day.
 */
public record MethodProperties(@Nullable Duration timeout) {

}
