/**
 * The two ends of the scale: servers that do no more than they must, so that in a
 * comparison it is the client that decides, and clients of bare Netty, which are the
 * least that a client can cost.
 */
@NullMarked
package io.scalesrpc.benchmark.netty;

import org.jspecify.annotations.NullMarked;
