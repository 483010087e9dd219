/**
 * Members from the Domain Name System: {@code dns://} for the addresses of a name,
 * {@code srv://} for its service records. Used through
 * {@link io.scalesrpc.discovery.ServerSetProvider}. Sockets, messages and TCP after
 * truncation are Netty's; what is asked, how answers become members and when to ask again
 * is decided here. Never blocks a thread, never uses the cache of the Java runtime, and
 * never gives up members because a name server is silent.
 */
@Internal
@NullMarked
package io.scalesrpc.discovery.dns;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
