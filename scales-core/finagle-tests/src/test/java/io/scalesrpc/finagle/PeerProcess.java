package io.scalesrpc.finagle;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.testing.LeakWatch;

/**
 * One of Finagle's peers in a JVM of its own, driven by lines. It ends with its input, so
 * it cannot outlive the tests; a test that leaves it running fails. <em>Confined to the
 * thread of the test</em>.
 */
public final class PeerProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(30);

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(120);

	/** Said by nobody: the process ended. */
	private static final String END = "\0";

	private final PeerCommand command;

	private final Process process;

	private final BufferedWriter in;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private PeerProcess(PeerCommand command) throws IOException {
		this.command = command;
		this.process = command.start();
		this.in = this.process.outputWriter(StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, "finagle-peer-" + this.process.pid());
		reader.setDaemon(true);
		reader.start();
		LeakWatch.expect(() -> "running process " + this.command, () -> !this.process.isAlive());
	}

	/**
	 * Starts a peer and waits until it is ready.
	 * @param main its main class, without the package
	 * @param arguments its arguments
	 * @return the peer; {@link #line} gives what it said behind {@code READY}
	 * @throws IllegalStateException if it is not ready within 30 s, or said something
	 * else; with the end of its log
	 */
	static PeerProcess start(String main, String... arguments) {
		return start(PeerCommand.of(main, List.of(arguments)));
	}

	/**
	 * Starts a peer and waits until it is ready.
	 * @param command how it is started
	 * @return the peer; {@link #line} gives what it said behind {@code READY}
	 * @throws IllegalStateException if it is not ready within 30 s, or said something
	 * else; with the end of its log
	 */
	public static PeerProcess start(PeerCommand command) {
		try {
			PeerProcess peer = new PeerProcess(command);
			String line = peer.line(START_LIMIT);
			if (!line.startsWith("READY")) {
				throw peer.broken("said: " + line + " (expected: READY)");
			}
			peer.lines.add(line.substring("READY".length()).trim());
			return peer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				this.lines.add(line);
			}
		}
		catch (IOException ex) {
			// As at its end: a process that was killed.
		}
		this.lines.add(END);
	}

	/**
	 * Sends a command.
	 * @return the line it answers
	 */
	public String ask(String line) {
		tell(line);
		return line();
	}

	/** Sends a command without waiting for its answer. */
	public void tell(String line) {
		try {
			this.in.write(line);
			this.in.newLine();
			this.in.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The next line it says. */
	public String line() {
		return line(ANSWER_LIMIT);
	}

	private String line(Duration limit) {
		try {
			String line = this.lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
			if (line == null) {
				throw broken("said nothing for " + limit.toSeconds() + " s");
			}
			if (line.equals(END)) {
				throw broken("ended with " + this.process.waitFor());
			}
			return line;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private IllegalStateException broken(String what) {
		this.process.destroyForcibly();
		return new IllegalStateException(this.command + " " + what + this.command.endOfLog());
	}

	/** Ends it as a crash does: without a word to its peers. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		try {
			tell("quit");
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (UncheckedIOException ex) {
			kill();
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
		closeInput();
	}

	private void closeInput() {
		try {
			this.in.close();
		}
		catch (IOException ex) {
			// What it was told last it did not read.
		}
	}

}
