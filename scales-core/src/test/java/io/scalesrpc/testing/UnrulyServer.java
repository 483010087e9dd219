package io.scalesrpc.testing;

import java.io.IOException;

/**
 * A server of some protocol that a {@link ProtocolContract} tells what to do. It listens
 * on a free port of the loopback interface. <em>Thread-safe</em>.
 */
public interface UnrulyServer extends AutoCloseable {

	/**
	 * Where it listens, as a client's {@code uri}.
	 * @return for example {@code tcp://127.0.0.1:4711}
	 */
	String uri();

	/**
	 * Changes what it does with requests from now on, on the connections it has and on
	 * those to come.
	 * @param manner how it treats them
	 */
	void treat(Manner manner);

	/**
	 * How many requests it has read.
	 * @return zero or more; those that belong to opening a connection do not count
	 */
	int requests();

	/**
	 * How many connections it has.
	 * @return zero or more
	 */
	int open();

	/** Ends every connection and stops listening; may be repeated. */
	@Override
	void close() throws IOException;

	/** What becomes of a request. */
	enum Manner {

		/** It is answered. */
		ANSWER,

		/** It is read, and never answered. */
		SILENCE

	}

}
