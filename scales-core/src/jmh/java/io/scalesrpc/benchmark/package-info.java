/**
 * What a call costs: runnable comparisons beside peers. Built and run by hand with the profile
 * {@code jmh}; nothing depends on it.
 */
@NullMarked
package io.scalesrpc.benchmark;

import org.jspecify.annotations.NullMarked;
