package io.scalesrpc.client.proxy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions so that one that throws harms no other. <em>Thread-safe</em>.
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

}
