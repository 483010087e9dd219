package io.scalesrpc.server;

/**
 * How much a server takes in and holds, and how long it works on it. <em>Immutable</em>.
 *
 * @param maxConcurrentCalls calls that wait or run, at least 1
 * @param maxFrameBytes the largest request, from 1024 to 2147483642
 * @param maxFragmentBytes the largest piece that clients are asked to send, at least 1
 * @param maxWriteQueueBytes what may wait for one client to read it, at least 1024
 * @param deadlines what is made of deadlines
 */
record ServerLimits(int maxConcurrentCalls, int maxFrameBytes, int maxFragmentBytes, int maxWriteQueueBytes,
		DeadlinePolicy deadlines) {

	static final ServerLimits DEFAULT = new ServerLimits(256, 16 * 1024 * 1024, 256 * 1024, 1024 * 1024,
			DeadlinePolicy.ENFORCE);

	private static final int FRAMES_WAITING = 4;

	ServerLimits {
		require(maxConcurrentCalls >= 1, "maxConcurrentCalls", maxConcurrentCalls, ">= 1");
		require(maxFrameBytes >= 1024 && maxFrameBytes <= Integer.MAX_VALUE - 5, "maxFrameBytes", maxFrameBytes,
				"1024..2147483642");
		require(maxFragmentBytes >= 1, "maxFragmentBytes", maxFragmentBytes, ">= 1");
		require(maxWriteQueueBytes >= 1024, "maxWriteQueueBytes", maxWriteQueueBytes, ">= 1024");
	}

	ServerLimits withMaxConcurrentCalls(int calls) {
		return new ServerLimits(calls, this.maxFrameBytes, this.maxFragmentBytes, this.maxWriteQueueBytes,
				this.deadlines);
	}

	ServerLimits withMaxFrameBytes(int bytes) {
		return new ServerLimits(this.maxConcurrentCalls, bytes, this.maxFragmentBytes, this.maxWriteQueueBytes,
				this.deadlines);
	}

	ServerLimits withMaxFragmentBytes(int bytes) {
		return new ServerLimits(this.maxConcurrentCalls, this.maxFrameBytes, bytes, this.maxWriteQueueBytes,
				this.deadlines);
	}

	ServerLimits withMaxWriteQueueBytes(int bytes) {
		return new ServerLimits(this.maxConcurrentCalls, this.maxFrameBytes, this.maxFragmentBytes, bytes,
				this.deadlines);
	}

	ServerLimits withDeadlines(DeadlinePolicy policy) {
		return new ServerLimits(this.maxConcurrentCalls, this.maxFrameBytes, this.maxFragmentBytes,
				this.maxWriteQueueBytes, policy);
	}

	CallLimiter limiter() {
		return new CallLimiter(this.maxConcurrentCalls, (long) FRAMES_WAITING * this.maxFrameBytes);
	}

	private static void require(boolean holds, String name, int value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
