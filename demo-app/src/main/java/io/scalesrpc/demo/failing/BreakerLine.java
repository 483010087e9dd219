package io.scalesrpc.demo.failing;

/**
 * One call in the table of a circuit breaker. <em>Immutable</em>.
 *
 * @param second when it was made
 * @param service what the service does at that time
 * @param result what the caller got
 * @param took how many seconds that took
 * @param state the state of the breaker afterwards
 * @param failures failures in a row afterwards
 */
record BreakerLine(long second, String service, String result, long took, String state, int failures) {
}
