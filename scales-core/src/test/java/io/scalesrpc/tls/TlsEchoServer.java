package io.scalesrpc.tls;

/**
 * A server of the peer service that speaks TLS.
 *
 * @param port where it listens
 * @param stop ends it
 */
record TlsEchoServer(int port, Runnable stop) implements AutoCloseable {

	@Override
	public void close() {
		this.stop.run();
	}

}
