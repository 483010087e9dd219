package io.scalesrpc.spring;

import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * How much one connection of a client may hold. <em>Immutable</em>.
 *
 * @param maxFrameSize Largest frame that is read or written; at least 1KB, below 2GB.
 * @param maxPendingCalls Number of calls that may wait for an answer; at least 1.
 * @param maxWriteQueueSize Bytes that may wait for a slow reader; at least 1KB.
 * @param maxOwedTags Number of abandoned calls the server may still owe an answer for
 * before the connection is replaced; at least 1.
 */
public record LimitsProperties(@Nullable DataSize maxFrameSize, @Nullable Integer maxPendingCalls,
		@Nullable DataSize maxWriteQueueSize, @Nullable Integer maxOwedTags) {

	LimitsProperties over(LimitsProperties defaults) {
		return new LimitsProperties(ClientProperties.first(this.maxFrameSize, defaults.maxFrameSize),
				ClientProperties.first(this.maxPendingCalls, defaults.maxPendingCalls),
				ClientProperties.first(this.maxWriteQueueSize, defaults.maxWriteQueueSize),
				ClientProperties.first(this.maxOwedTags, defaults.maxOwedTags));
	}

	/**
	 * The limits as the transport takes them.
	 * @return the limits, those not set being the transport's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name
	 */
	public TransportLimits toTransportLimits() {
		TransportLimits own = TransportLimits.DEFAULT;
		return new TransportLimits(bytes(this.maxFrameSize, own.maxFrameBytes()),
				(this.maxPendingCalls != null) ? this.maxPendingCalls : own.maxPendingCalls(),
				bytes(this.maxWriteQueueSize, own.maxWriteQueueBytes()),
				(this.maxOwedTags != null) ? this.maxOwedTags : own.maxOwedTags());
	}

	/** A size that no int holds is out of every range, and so is -1. */
	private static int bytes(@Nullable DataSize size, int otherwise) {
		if (size == null) {
			return otherwise;
		}
		return (size.toBytes() > Integer.MAX_VALUE) ? -1 : (int) Math.max(-1, size.toBytes());
	}

}
