/**
 * Apache Thrift messages: turning a method and its arguments into a message, a message
 * into a reply, and the same for a server, through the classes that a Thrift compiler
 * generated. Used by every protocol that carries Thrift, and by the ThriftMux server.
 * <p>
 * Never opens a connection, never waits, starts no thread and holds no buffer after a
 * method returns. Bytes from the peer are untrusted: a size that they declare is compared
 * with the bytes present before anything is allocated, all containers of a message
 * together may not declare more elements than it has bytes, and nesting is limited. A
 * message that is not what it must be is a
 * {@link io.scalesrpc.thrift.ThriftMessageException}; a decoder throws nothing else, save
 * an {@code Error} of the JVM, which leaves as it is.
 */
@NullMarked
package io.scalesrpc.thrift;

import org.jspecify.annotations.NullMarked;
