/**
 * Plain Thrift on connections of its own, as libthrift's servers speak it: one message
 * after the other, behind its length (framed) or bare (buffered), and with Finagle's
 * headers in front where a server says that it understands them. Used by the client
 * package, which finds {@link io.scalesrpc.thrift.connection.ThriftProtocol} by its name.
 * Reads no value of an answer: it only finds where messages end.
 */
@NullMarked
package io.scalesrpc.thrift.connection;

import org.jspecify.annotations.NullMarked;
