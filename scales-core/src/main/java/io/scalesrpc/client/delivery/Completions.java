package io.scalesrpc.client.delivery;

import java.util.Objects;

import io.scalesrpc.call.InboundRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions so that one that throws, or that leaves something on its thread, harms
 * no other. <em>Thread-safe</em>.
 */
final class Completions {

	private static final Logger logger = LoggerFactory.getLogger(Completions.class);

	private Completions() {
	}

	static void run(Runnable completion) {
		try {
			completion.run();
		}
		catch (Throwable ex) {
			logger.error("a callback failed", ex);
		}
	}

	/**
	 * Runs a completion on a thread that many of them share. An interrupt flag or a
	 * request that it leaves would be taken for their own by those that follow.
	 */
	static void runAmongOthers(Runnable completion) {
		boolean interrupted = Thread.currentThread().isInterrupted();
		InboundRequest served = InboundRequest.current();
		run(completion);
		if (!interrupted) {
			Thread.interrupted();
		}
		if (!Objects.equals(InboundRequest.current(), served)) {
			InboundRequest.current(served);
		}
	}

}
