/**
 * Time and chance as things that are handed in: {@link io.scalesrpc.time.Ticker},
 * {@link io.scalesrpc.time.Timer}, the back-off between attempts, a window of time. Used
 * by every stage that waits or measures. The only package of the core, with the wiring,
 * that may read a clock; never starts a thread.
 */
@NullMarked
package io.scalesrpc.time;

import org.jspecify.annotations.NullMarked;
