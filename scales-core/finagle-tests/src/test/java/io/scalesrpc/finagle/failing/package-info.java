/**
 * What retries do to a service that fails, in real time on loopback: run by hand, by
 * {@code failing.sh}. Prints tables, asserts nothing.
 */
@NullMarked
package io.scalesrpc.finagle.failing;

import org.jspecify.annotations.NullMarked;
