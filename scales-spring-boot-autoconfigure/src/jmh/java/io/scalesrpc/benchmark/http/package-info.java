/**
 * Measures what HTTP through a Scales client costs beside Spring's own transports. Run by
 * {@code src/jmh/http.sh}; never part of a build or a test.
 */
@NullMarked
package io.scalesrpc.benchmark.http;

import org.jspecify.annotations.NullMarked;
