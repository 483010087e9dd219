/**
 * Thrift over mux, as Finagle's ThriftMux speaks it: every request is a Tdispatch whose
 * body is a bare Thrift message, beside it the contexts that say who calls, until when,
 * and which attempt it is. Used by the client package, which finds
 * {@link io.scalesrpc.thriftmux.ThriftMuxProtocol} by its name. Knows nothing of sockets
 * or tags.
 */
@NullMarked
package io.scalesrpc.thriftmux;

import org.jspecify.annotations.NullMarked;
