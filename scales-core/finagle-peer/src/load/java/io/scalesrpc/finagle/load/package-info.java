/**
 * Load on a client, and the lines of input that drive a peer: what our client and Finagle's have in common when they are
 * measured beside each other. The source is built into the modules of both; everything is sent by the same code. Never
 * names a class of either.
 */
@NullMarked
package io.scalesrpc.finagle.load;

import org.jspecify.annotations.NullMarked;
