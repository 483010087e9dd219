/**
 * The client's side of a mux session: handshake, tags, discards, pings, drain and lease
 * on one Netty channel, and the connection that the stack sees. Used by the protocols
 * that speak mux; what a dispatch carries is theirs. Never decides where a call goes and
 * never opens a second connection.
 */
@Internal
@NullMarked
package io.scalesrpc.mux.session;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
