/**
 * Scales as a client comes, its whole stack, in each of its modes.
 */
@NullMarked
package io.scalesrpc.benchmark.scales;

import org.jspecify.annotations.NullMarked;
