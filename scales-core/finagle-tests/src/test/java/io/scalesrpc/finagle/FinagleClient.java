package io.scalesrpc.finagle;

import java.util.Map;

/**
 * Finagle's ThriftMux client. <em>Confined to the thread of the test</em>.
 */
final class FinagleClient implements AutoCloseable {

	private final PeerProcess process;

	private FinagleClient(String addresses, long timeoutMillis) {
		this.process = PeerProcess.start("FinagleClientMain", addresses, Long.toString(timeoutMillis), "stats");
		this.process.line();
	}

	static FinagleClient of(int port) {
		return of(port, 10_000);
	}

	static FinagleClient of(int port, long timeoutMillis) {
		return of("localhost:" + port, timeoutMillis);
	}

	/**
	 * Starts a client of several servers.
	 * @param addresses as {@code host:port,host:port}
	 * @param timeoutMillis of every attempt, in milliseconds
	 */
	static FinagleClient of(String addresses, long timeoutMillis) {
		return new FinagleClient(addresses, timeoutMillis);
	}

	/**
	 * Makes a call, {@code echo hello} for instance, or {@code timeout 20 sleep 1000},
	 * {@code load 10000 64}, {@code bench 10000 64}: the commands of
	 * {@code FinagleClientMain}.
	 * @return {@code OK <result>} or {@code ERROR <what>}
	 */
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

	/** What Finagle counted, by the names of its statistics. */
	Map<String, Long> stats() {
		return PeerStats.parse(this.process.ask("stats"));
	}

	long stat(String name) {
		return stats().getOrDefault(name, 0L);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
