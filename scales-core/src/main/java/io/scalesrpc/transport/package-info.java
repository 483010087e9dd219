/**
 * Connections to members and what keeps them: {@link io.scalesrpc.transport.Connector}
 * opens channels on shared {@link io.scalesrpc.transport.EventLoops},
 * {@link io.scalesrpc.transport.reconnect.Resurrector} replaces a connection that died.
 * Used by the protocols. Knows no protocol's bytes.
 */
@NullMarked
package io.scalesrpc.transport;

import org.jspecify.annotations.NullMarked;
