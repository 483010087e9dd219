/**
 * Faults on purpose, for tests and game days: calls that are delayed, fail or are refused
 * in a given share of cases. Used by the client's stack, right above the balancer, so
 * that all that copes with faults sees these. Never active unless somebody switched it
 * on, never silent about it.
 */
@NullMarked
package io.scalesrpc.chaos;

import org.jspecify.annotations.NullMarked;
