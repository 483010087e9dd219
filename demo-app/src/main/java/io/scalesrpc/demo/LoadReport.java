package io.scalesrpc.demo;

import java.util.Map;

/**
 * What a load run found. <em>Immutable</em>.
 *
 * @param calls how many calls were made
 * @param failed how many of them failed
 * @param byServer how many each server answered
 * @param p50Micros half of the answers took no longer, in microseconds
 * @param p90Micros nine of ten answers took no longer, in microseconds
 * @param p99Micros 99 of 100 answers took no longer, in microseconds
 */
public record LoadReport(int calls, int failed, Map<String, Integer> byServer, long p50Micros, long p90Micros,
		long p99Micros) {
}
