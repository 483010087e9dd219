/**
 * What it costs that somebody is told of each call.
 */
@NullMarked
package io.scalesrpc.benchmark.observed;

import org.jspecify.annotations.NullMarked;
