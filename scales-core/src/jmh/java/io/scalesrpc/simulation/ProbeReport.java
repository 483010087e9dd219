package io.scalesrpc.simulation;

/**
 * What a server tells about itself. <em>Immutable</em>.
 *
 * @param inFlight its calls, those of other clients included
 * @param latency what the next call may expect, in nanoseconds
 */
record ProbeReport(int inFlight, long latency) {
}
