/**
 * Twitter mux on Netty buffers: one stateless codec per frame, fragmentation, and the
 * values of the contexts Finagle sends. Used by the ThriftMux client and server. Codecs
 * never keep state, never copy a body and never allocate by a length that a peer
 * declared.
 */
@NullMarked
package io.scalesrpc.mux;

import org.jspecify.annotations.NullMarked;
