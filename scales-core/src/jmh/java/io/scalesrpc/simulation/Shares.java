package io.scalesrpc.simulation;

/**
 * How the calls were spread. <em>Immutable</em>.
 *
 * @param odd the share of the odd members, or not a number if there are none
 * @param maxToMean the calls of the busiest regular member by those of the average one,
 * both by weight; not a number if there are no two to compare
 */
record Shares(double odd, double maxToMean) {
}
