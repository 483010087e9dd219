package io.scalesrpc.finagle;

import java.util.Map;
import java.util.TreeMap;

/**
 * Finagle's ThriftMux server. <em>Confined to the thread of the test</em>.
 */
final class FinagleServer implements AutoCloseable {

	private final PeerProcess process;

	private final int port;

	private FinagleServer(int port, long maxFragmentBytes) {
		this.process = PeerProcess.start("FinagleServerMain", Integer.toString(port), Long.toString(maxFragmentBytes));
		this.port = ready(this.process.line());
	}

	static FinagleServer start() {
		return start(0, Integer.MAX_VALUE);
	}

	static FinagleServer start(int port, long maxFragmentBytes) {
		return new FinagleServer(port, maxFragmentBytes);
	}

	int port() {
		return this.port;
	}

	String address() {
		return "localhost:" + this.port;
	}

	/**
	 * How it answers from now on: {@code serve}, {@code nack}, {@code final-nack} or
	 * {@code error}.
	 */
	void mode(String mode) {
		ok(this.process.ask("mode " + mode));
	}

	/** Begins to drain. */
	void drain(long millis) {
		ok(this.process.ask("close " + millis));
	}

	/** Waits until the draining is over. */
	void awaitClosed() {
		ok(this.process.ask("closed"));
	}

	/** Listens again on the same port. */
	void reopen() {
		ready(this.process.ask("open " + this.port));
	}

	/** What Finagle counted, by the names of its statistics. */
	Map<String, Long> stats() {
		Map<String, Long> stats = new TreeMap<>();
		this.process.tell("stats");
		for (String line = this.process.line(); !line.equals("."); line = this.process.line()) {
			int equals = line.lastIndexOf('=');
			stats.put(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
		}
		return stats;
	}

	long stat(String name) {
		return stats().getOrDefault(name, 0L);
	}

	private static int ready(String line) {
		if (!line.startsWith("READY ")) {
			throw new IllegalStateException("server said: " + line + " (expected: READY <port>)");
		}
		return Integer.parseInt(line.substring("READY ".length()));
	}

	private static void ok(String line) {
		if (!line.equals("OK")) {
			throw new IllegalStateException("server said: " + line + " (expected: OK)");
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
