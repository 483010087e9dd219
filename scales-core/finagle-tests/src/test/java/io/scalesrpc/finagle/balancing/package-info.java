/**
 * How our balancers and Finagle's do beside each other: scenarios of members that are
 * dead, slow, failing, restarted or replaced, run against Finagle's servers by
 * {@code balancing.sh} and, with generous bounds, by the tests. The load is the same for
 * both. Never looks into a client: what it tells is what callers and servers saw.
 */
@NullMarked
package io.scalesrpc.finagle.balancing;

import org.jspecify.annotations.NullMarked;
