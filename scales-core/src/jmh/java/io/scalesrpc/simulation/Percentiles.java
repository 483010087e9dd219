package io.scalesrpc.simulation;

/**
 * Latencies that a half, 99 and 99.9 percent of the answered calls did not exceed, in
 * milliseconds; not a number if none was answered. <em>Immutable</em>.
 *
 * @param p50 half
 * @param p99 99 percent
 * @param p999 99.9 percent
 */
record Percentiles(double p50, double p99, double p999) {
}
