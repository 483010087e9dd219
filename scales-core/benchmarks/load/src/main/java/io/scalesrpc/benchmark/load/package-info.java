/**
 * Load on a client and the comparison of clients: what all projects of the benchmarks
 * have in common. Needs nothing but the JDK, so that each peer keeps the class path that
 * it would have in an application.
 */
@NullMarked
package io.scalesrpc.benchmark.load;

import org.jspecify.annotations.NullMarked;
