package io.scalesrpc.transport;

import static io.scalesrpc.call.Checks.require;

/**
 * How much one connection may hold; past a limit calls or the connection fail, memory
 * never. <em>Immutable</em>.
 *
 * @param maxFrameBytes the largest message read or written, in one piece or several;
 * unfinished ones may add up to four times as much; from 1024 to 2147483642
 * @param maxPendingCalls calls that may wait for an answer, at least 1
 * @param maxWriteQueueBytes bytes that may wait for a slow reader, at least 1024
 * @param maxOwedTags tags of abandoned calls that the server still owes an answer for, at
 * least 1; past it the connection is replaced
 */
public record TransportLimits(int maxFrameBytes, int maxPendingCalls, int maxWriteQueueBytes, int maxOwedTags) {

	/**
	 * 16 MiB frames, 16384 pending calls, a write queue of 64 MiB (four of the largest
	 * requests), 4096 owed tags.
	 */
	public static final TransportLimits DEFAULT = new TransportLimits(16 * 1024 * 1024, 16_384, 64 * 1024 * 1024, 4096);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public TransportLimits {
		require(maxFrameBytes >= 1024 && maxFrameBytes <= Integer.MAX_VALUE - 5, "maxFrameBytes", maxFrameBytes,
				"1024..2147483642");
		require(maxPendingCalls >= 1, "maxPendingCalls", maxPendingCalls, ">= 1");
		require(maxWriteQueueBytes >= 1024, "maxWriteQueueBytes", maxWriteQueueBytes, ">= 1024");
		require(maxOwedTags >= 1, "maxOwedTags", maxOwedTags, ">= 1");
	}

}
