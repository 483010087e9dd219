/**
 * {@link io.scalesrpc.transport.reconnect.Resurrector} keeps one connection and replaces
 * it when it is lost, slower with each attempt that fails.
 */
@Internal
@NullMarked
package io.scalesrpc.transport.reconnect;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
