/**
 * Spring's {@code RestClient} on the transports that Spring has for it, and on Scales.
 */
@NullMarked
package io.scalesrpc.benchmark.http;

import org.jspecify.annotations.NullMarked;
