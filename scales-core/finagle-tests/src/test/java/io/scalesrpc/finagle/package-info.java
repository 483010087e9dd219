/**
 * Scales and Finagle as each other's peers: our client calls Finagle's server, Finagle's
 * client calls our server, over loopback, each of Finagle's in a JVM of its own.
 */
@NullMarked
package io.scalesrpc.finagle;

import org.jspecify.annotations.NullMarked;
