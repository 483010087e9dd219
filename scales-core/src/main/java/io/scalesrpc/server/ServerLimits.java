package io.scalesrpc.server;

import java.time.Duration;

import io.scalesrpc.server.limit.CallLimiter;
import io.scalesrpc.server.limit.MemoryLimits;

/**
 * How much a server takes in and holds, and how long it works on it. <em>Immutable</em>.
 *
 * @param maxConcurrentCalls calls that wait or run, at least 1
 * @param deadlines what is made of deadlines
 * @param memory bounds bytes
 * @param connections bounds connections
 */
record ServerLimits(int maxConcurrentCalls, DeadlinePolicy deadlines, MemoryLimits memory,
		ConnectionLimits connections) {

	static final ServerLimits DEFAULT = new ServerLimits(256, DeadlinePolicy.ENFORCE, MemoryLimits.DEFAULT,
			ConnectionLimits.DEFAULT);

	ServerLimits {
		if (maxConcurrentCalls < 1) {
			throw new IllegalArgumentException("maxConcurrentCalls: " + maxConcurrentCalls + " (expected: >= 1)");
		}
	}

	ServerLimits withMaxConcurrentCalls(int calls) {
		return new ServerLimits(calls, this.deadlines, this.memory, this.connections);
	}

	ServerLimits withDeadlines(DeadlinePolicy policy) {
		return new ServerLimits(this.maxConcurrentCalls, policy, this.memory, this.connections);
	}

	ServerLimits withMemory(MemoryLimits limits) {
		return new ServerLimits(this.maxConcurrentCalls, this.deadlines, limits, this.connections);
	}

	ServerLimits withConnections(ConnectionLimits limits) {
		return new ServerLimits(this.maxConcurrentCalls, this.deadlines, this.memory, limits);
	}

	/** Plain Thrift has no handshake: a client may connect long before its first call. */
	ServerLimits of(ServerProtocol protocol) {
		return (protocol == ServerProtocol.THRIFT)
				? withConnections(this.connections.withHandshakeTimeout(Duration.ZERO)) : this;
	}

	CallLimiter limiter() {
		return new CallLimiter(this.maxConcurrentCalls, this.connections.maxCalls(), this.memory.waitingBytes());
	}

}
