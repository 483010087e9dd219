package io.scalesrpc.demo.chain;

import java.util.Map;

/**
 * What a run of requests through the chain has shown. <em>Immutable</em>.
 *
 * @param requests how many were sent
 * @param timedOut how many were answered with 504
 * @param timeoutMillis the deadline of each, in milliseconds from when it was sent
 * @param lastAtWork by hop, when it was last at work
 */
record ChainReport(int requests, int timedOut, long timeoutMillis, Map<Hop, Overrun> lastAtWork) {
}
