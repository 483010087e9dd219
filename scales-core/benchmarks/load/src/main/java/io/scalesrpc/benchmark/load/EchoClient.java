package io.scalesrpc.benchmark.load;

/**
 * A client of a server that sends back what it was sent. <em>Thread-safe</em>.
 */
public sealed interface EchoClient extends AutoCloseable permits AsyncEchoClient, BlockingEchoClient {

	@Override
	default void close() {
	}

}
