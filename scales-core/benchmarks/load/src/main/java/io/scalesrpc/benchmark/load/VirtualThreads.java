package io.scalesrpc.benchmark.load;

import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads, for code that is compiled for Java 17. <em>Stateless</em>.
 */
final class VirtualThreads {

	private VirtualThreads() {
	}

	/**
	 * Makes virtual threads.
	 * @return the factory
	 * @throws IllegalStateException if this JVM has none
	 */
	static ThreadFactory factory() {
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(
					"java.version: " + Runtime.version() + " (expected: 21 or later, for virtual threads)", ex);
		}
	}

}
