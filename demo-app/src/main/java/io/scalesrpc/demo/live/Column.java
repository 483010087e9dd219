package io.scalesrpc.demo.live;

import java.util.Map;

/**
 * One client beside the other. <em>Immutable</em>.
 *
 * @param calls calls that ended
 * @param failed those of them that failed
 * @param failures the same by kind
 * @param wrong those of them that were given the answer to another call
 * @param p50Millis half of the callers waited no longer
 * @param p99Millis 99 of 100 callers waited no longer
 * @param requests requests that servers saw
 * @param requestsByServer the same by server
 */
record Column(long calls, long failed, Map<String, Long> failures, long wrong, double p50Millis, double p99Millis,
		long requests, Map<String, Long> requestsByServer) {
}
