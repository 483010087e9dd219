package io.scalesrpc.demo.scaled;

import java.util.Map;

/**
 * What came of visits. <em>Immutable</em>.
 *
 * @param visits those that ended
 * @param failed those that ended without a price
 * @param failures the texts of failures, and how often each came
 * @param p50Millis half of them took no longer
 * @param p99Millis 99 of 100 took no longer
 * @param byServer how many prices each server gave
 */
record Visits(long visits, long failed, Map<String, Long> failures, double p50Millis, double p99Millis,
		Map<String, Long> byServer) {
}
