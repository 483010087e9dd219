package io.scalesrpc.server.limit;

import io.scalesrpc.mux.ByteBudget;

/**
 * How many bytes a server holds. <em>Immutable</em>.
 *
 * @param maxFrameBytes the largest request, from 1024 to 2147483642
 * @param maxFragmentBytes the largest piece that clients are asked to send, at least 1
 * @param maxWriteQueueBytes what may wait for one client to read it before nothing is
 * read from it, at least 1024
 * @param maxUnfinishedBytes requests of all connections that are still coming in, at
 * least 1024
 * @param maxUnreadBytes large replies of all connections that clients have not read, at
 * least 1024
 */
public record MemoryLimits(int maxFrameBytes, int maxFragmentBytes, int maxWriteQueueBytes, long maxUnfinishedBytes,
		long maxUnreadBytes) {

	/** What one connection may hold of either kind, in messages of the largest size. */
	private static final int MESSAGES_PER_CONNECTION = 4;

	private static final int FRAMES_WAITING = 4;

	private static final long SHARED_BYTES = Math.min(256L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4);

	public static final MemoryLimits DEFAULT = new MemoryLimits(16 * 1024 * 1024, 256 * 1024, 1024 * 1024, SHARED_BYTES,
			SHARED_BYTES);

	public MemoryLimits {
		require(maxFrameBytes >= 1024 && maxFrameBytes <= Integer.MAX_VALUE - 5, "maxFrameBytes", maxFrameBytes,
				"1024..2147483642");
		require(maxFragmentBytes >= 1, "maxFragmentBytes", maxFragmentBytes, ">= 1");
		require(maxWriteQueueBytes >= 1024, "maxWriteQueueBytes", maxWriteQueueBytes, ">= 1024");
		require(maxUnfinishedBytes >= 1024, "maxUnfinishedBytes", maxUnfinishedBytes, ">= 1024");
		require(maxUnreadBytes >= 1024, "maxUnreadBytes", maxUnreadBytes, ">= 1024");
	}

	private static void require(boolean holds, String name, long value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

	public MemoryLimits withMaxFrameBytes(int bytes) {
		return new MemoryLimits(bytes, this.maxFragmentBytes, this.maxWriteQueueBytes, this.maxUnfinishedBytes,
				this.maxUnreadBytes);
	}

	public MemoryLimits withMaxFragmentBytes(int bytes) {
		return new MemoryLimits(this.maxFrameBytes, bytes, this.maxWriteQueueBytes, this.maxUnfinishedBytes,
				this.maxUnreadBytes);
	}

	public MemoryLimits withMaxWriteQueueBytes(int bytes) {
		return new MemoryLimits(this.maxFrameBytes, this.maxFragmentBytes, bytes, this.maxUnfinishedBytes,
				this.maxUnreadBytes);
	}

	public MemoryLimits withMaxUnfinishedBytes(long bytes) {
		return new MemoryLimits(this.maxFrameBytes, this.maxFragmentBytes, this.maxWriteQueueBytes, bytes,
				this.maxUnreadBytes);
	}

	public MemoryLimits withMaxUnreadBytes(long bytes) {
		return new MemoryLimits(this.maxFrameBytes, this.maxFragmentBytes, this.maxWriteQueueBytes,
				this.maxUnfinishedBytes, bytes);
	}

	/** For all requests that are read and that no handler has taken. */
	public long waitingBytes() {
		return (long) FRAMES_WAITING * this.maxFrameBytes;
	}

	public ByteBudget unfinished() {
		return new ByteBudget("bytes of unfinished requests of all connections", this.maxUnfinishedBytes);
	}

	public ByteBudget unread() {
		return new ByteBudget("bytes of replies that clients have not read", this.maxUnreadBytes);
	}

	/** The part of one connection. */
	public ByteBudget ofConnection(ByteBudget all) {
		return all.within("of one connection, bytes", (long) MESSAGES_PER_CONNECTION * this.maxFrameBytes);
	}

}
