/**
 * HTTP: requests and answers as plain values, the ready interface
 * {@link io.scalesrpc.http.ScalesHttpClient}, and
 * {@link io.scalesrpc.http.protocol.HttpProtocol}, by which the stack speaks HTTP/1.1 on
 * connections that take one call at a time, and HTTP/2 with a stream for every call. What
 * comes from the server is untrusted: a connection that read something it cannot believe
 * is closed. Used by the client package, which finds the protocol by its name, by
 * protocols that go over HTTP, and by the Spring integration. Never follows a redirect,
 * never decides whether to try again, and never uses a connection on which an answer is
 * missing.
 */
@NullMarked
package io.scalesrpc.http;

import org.jspecify.annotations.NullMarked;
