package io.scalesrpc.spring.settings.stage;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.transport.TransportLimits;

import org.springframework.boot.context.properties.bind.DefaultValue;
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
public record LimitsProperties(@DefaultValue("16MB") DataSize maxFrameSize, @DefaultValue("16384") int maxPendingCalls,
		@DefaultValue("64MB") DataSize maxWriteQueueSize, @DefaultValue("4096") int maxOwedTags) {

	/**
	 * The limits as the transport takes them.
	 * @return the limits
	 * @throws InvalidSettingException if one is out of its range
	 */
	public TransportLimits toTransportLimits() {
		return new TransportLimits(bytes(this.maxFrameSize), this.maxPendingCalls, bytes(this.maxWriteQueueSize),
				this.maxOwedTags);
	}

	/** A size that no int holds is out of every range, and so is -1. */
	private static int bytes(DataSize size) {
		return (size.toBytes() > Integer.MAX_VALUE) ? -1 : (int) Math.max(-1, size.toBytes());
	}

}
