package io.scalesrpc.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.server.limit.CallLimiter;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;

/**
 * What all calls of a server share: where they run, how many may, and what they invoke.
 * <em>Thread-safe</em>.
 *
 * @param protocol what its clients speak
 * @param handler finds the handlers
 * @param interceptor stands around each call
 * @param executor runs the calls
 * @param limiter bounds the calls
 * @param stats counts the calls
 * @param deadlines reads the deadlines that clients send
 */
record CallEngine(ServerProtocol protocol, ThriftRequestHandler handler, ServerInterceptor interceptor,
		Executor executor, CallLimiter limiter, ServerStats stats, Deadlines deadlines) {

	/**
	 * Whether there is room for a call; if so it must be started.
	 * @param bytes of its request
	 * @param ofConnection how many calls its connection has
	 */
	boolean admit(int bytes, AtomicInteger ofConnection) {
		boolean admitted = this.limiter.tryTake(bytes, ofConnection);
		if (admitted) {
			this.stats.active.increment();
		}
		return admitted;
	}

	/** Whether the call was started; if not it is as if it had not been admitted. */
	boolean start(RunningCall call) {
		try {
			this.executor.execute(call);
			return true;
		}
		catch (RejectedExecutionException ex) {
			call.cancel();
			ended(call.ofConnection());
			return false;
		}
	}

	void ended(AtomicInteger ofConnection) {
		this.stats.active.decrement();
		this.limiter.giveBackCall(ofConnection);
	}

}
