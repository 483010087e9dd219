package io.scalesrpc.demo.chain;

/**
 * When a hop was last at work, relative to the deadline. <em>Immutable</em>.
 *
 * @param seen requests on which it worked at all
 * @param medianMicros half of them were later, in microseconds after the deadline;
 * negative before it
 * @param worstMicros the latest, in microseconds after the deadline
 */
record Overrun(int seen, long medianMicros, long worstMicros) {
}
