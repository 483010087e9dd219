package io.scalesrpc.finagle;

import java.nio.file.Path;
import java.util.Map;

/**
 * Finagle's ThriftMux server, or its plain Thrift server. <em>Confined to the thread of
 * the test</em>.
 */
final class FinagleServer implements AutoCloseable {

	private final PeerProcess process;

	private final int port;

	private FinagleServer(String... arguments) {
		this.process = PeerProcess.start("FinagleServerMain", arguments);
		this.port = Integer.parseInt(this.process.line());
	}

	static FinagleServer start() {
		return start(0, Integer.MAX_VALUE);
	}

	/**
	 * Starts a server.
	 * @param port the port, or 0 for a free one
	 * @param maxFragmentBytes the largest piece of a message it takes, in bytes
	 */
	static FinagleServer start(int port, long maxFragmentBytes) {
		return new FinagleServer(Integer.toString(port), Long.toString(maxFragmentBytes));
	}

	/** Starts a server of framed, binary Thrift without mux. */
	static FinagleServer startThrift() {
		return new FinagleServer("0", "thrift");
	}

	/**
	 * Starts a server with TLS.
	 * @param level {@code first-byte}, {@code off}, {@code desired} or {@code required}
	 * @param certificates where its certificate is
	 */
	static FinagleServer startTls(String level, Path certificates) {
		return new FinagleServer("0", Integer.toString(Integer.MAX_VALUE), level, certificates.toString());
	}

	int port() {
		return this.port;
	}

	String address() {
		return "localhost:" + this.port;
	}

	/**
	 * Sends one of the commands of {@code FinagleServerMain}.
	 * @return what it said behind {@code OK}
	 */
	String command(String command) {
		String line = this.process.ask(command);
		if (!line.startsWith("OK")) {
			throw new IllegalStateException("server said: " + line + " (expected: OK)");
		}
		return line.substring("OK".length()).trim();
	}

	/**
	 * How it answers from now on: {@code serve}, {@code nack}, {@code final-nack} or
	 * {@code error}.
	 */
	void mode(String mode) {
		command("mode " + mode);
	}

	/**
	 * From now on the answers of a method are delayed by random times.
	 * @param method its name
	 * @param minMillis the least, in milliseconds
	 * @param maxMillis the most, in milliseconds
	 * @param seed of the random numbers
	 */
	void delay(String method, int minMillis, int maxMillis, long seed) {
		command("delay " + method + " " + minMillis + "-" + maxMillis + " " + seed);
	}

	/** Waits for a call that takes time, once for each of them. */
	void awaitDelayed() {
		command("delayed");
	}

	/** Begins to drain. */
	void drain(long millis) {
		command("close " + millis);
	}

	/** Waits until the draining is over. */
	void awaitClosed() {
		command("closed");
	}

	/** Listens again on the same port. */
	void reopen() {
		command("open " + this.port);
	}

	/** Ends the process as a crash does; another can be started on the same port. */
	void kill() {
		this.process.kill();
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
