/**
 * From a method call to a {@link io.scalesrpc.call.Call} and from its outcome to a value,
 * an exception, a future or a Mono: what stands above the stack. Used by
 * {@code io.scalesrpc.client} only. Never looks at what a call is about, and never
 * retries.
 */
@Internal
@NullMarked
package io.scalesrpc.client.proxy;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
