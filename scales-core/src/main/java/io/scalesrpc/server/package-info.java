/**
 * A ThriftMux server that behaves on the wire as Finagle's does: negotiation, fragments,
 * discards, nacks, draining; it can announce itself in a server set. Used by the demo, by
 * tests of clients, and by services that want a small server. Never runs a handler on an
 * event loop, never trusts a length, and never lets one connection harm another.
 */
@NullMarked
package io.scalesrpc.server;

import org.jspecify.annotations.NullMarked;
