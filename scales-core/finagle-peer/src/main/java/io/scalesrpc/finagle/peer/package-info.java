/**
 * Finagle's own ThriftMux server and client, and its plain Thrift server, with the peer
 * service of the tests, each run in a JVM of its own and driven by lines on its input:
 * {@link io.scalesrpc.finagle.peer.FinagleServerMain} and
 * {@link io.scalesrpc.finagle.peer.FinagleClientMain}. Everything on the wire is written
 * and read by Finagle and by the libthrift it was built with. Never uses a class of
 * Scales.
 */
package io.scalesrpc.finagle.peer;
