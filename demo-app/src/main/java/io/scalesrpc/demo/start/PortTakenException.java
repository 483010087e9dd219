package io.scalesrpc.demo.start;

/**
 * Somebody else has the port of the page. <em>Immutable</em>.
 */
public final class PortTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int port;

	PortTakenException(int port) {
		super("server.port: " + port + " (expected: one that is free)");
		this.port = port;
	}

	int port() {
		return this.port;
	}

}
