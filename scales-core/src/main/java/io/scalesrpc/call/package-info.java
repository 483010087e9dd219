/**
 * The kernel: a {@link io.scalesrpc.call.Call} travels down a stack of
 * {@link io.scalesrpc.call.Sink}s and comes back as an {@link io.scalesrpc.call.Outcome}.
 * Everything else in Scales is written in these words. Knows no protocol, no socket, no
 * thread and no clock; never blocks.
 */
@NullMarked
package io.scalesrpc.call;

import org.jspecify.annotations.NullMarked;
