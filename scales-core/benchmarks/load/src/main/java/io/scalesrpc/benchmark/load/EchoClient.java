package io.scalesrpc.benchmark.load;

/**
 * A client of a server that sends back what it was sent. <em>Thread-safe</em>.
 */
public sealed interface EchoClient extends AutoCloseable permits AsyncEchoClient, BlockingEchoClient {

	/**
	 * How many connections are in use.
	 * @return 0 if the client does not tell
	 */
	default int connections() {
		return 0;
	}

	@Override
	default void close() {
	}

}
