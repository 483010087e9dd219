package io.scalesrpc.finagle;

/**
 * Finagle's ThriftMux client. <em>Confined to the thread of the test</em>.
 */
final class FinagleClient implements AutoCloseable {

	private final PeerProcess process;

	private FinagleClient(String addresses, long timeoutMillis) {
		this.process = PeerProcess.start("FinagleClientMain", addresses, Long.toString(timeoutMillis));
		String line = this.process.line();
		if (!line.equals("READY")) {
			throw new IllegalStateException("client said: " + line + " (expected: READY)");
		}
	}

	static FinagleClient of(int port) {
		return new FinagleClient("localhost:" + port, 10_000);
	}

	static FinagleClient of(int port, long timeoutMillis) {
		return new FinagleClient("localhost:" + port, timeoutMillis);
	}

	/** Makes a call: {@code OK <result>} or {@code ERROR <what>}. */
	String call(String command) {
		return this.process.ask(command);
	}

	/** Starts a call whose result {@link #result} gives. */
	void start(String command) {
		this.process.tell(command);
	}

	String result() {
		return this.process.line();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
