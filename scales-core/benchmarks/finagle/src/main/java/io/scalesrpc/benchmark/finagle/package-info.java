/**
 * Finagle's ThriftMux client at its fastest: nothing is counted.
 */
@NullMarked
package io.scalesrpc.benchmark.finagle;

import org.jspecify.annotations.NullMarked;
