/**
 * Thrift over HTTP, as servlets and web servers speak it: every call is a request of its
 * own, with a Thrift message as its body. Used by the client package, which finds
 * {@link io.scalesrpc.thrifthttp.ThriftHttpProtocol} by its name. Opens no connection and
 * judges no head or length of an answer: that is HTTP's, and whether the body is the
 * reply to this very call is Thrift's.
 */
@NullMarked
package io.scalesrpc.thrifthttp;

import org.jspecify.annotations.NullMarked;
