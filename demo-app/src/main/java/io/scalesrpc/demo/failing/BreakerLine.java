package io.scalesrpc.demo.failing;

/**
 * One call in the table of a circuit breaker. <em>Immutable</em>.
 *
 * @param second when it was made
 * @param service what the service does at that time
 * @param before the state of the breaker when the call comes
 * @param result what the caller got
 * @param took how many seconds that took
 * @param after the state of the breaker afterwards
 * @param failures failures in a row afterwards
 */
record BreakerLine(long second, String service, String before, String result, long took, String after, int failures) {
}
