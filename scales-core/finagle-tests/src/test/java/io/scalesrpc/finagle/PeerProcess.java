package io.scalesrpc.finagle;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One of Finagle's peers in a JVM of its own, driven by lines. It ends with its input, so
 * it cannot outlive the tests. <em>Confined to the thread of the test</em>.
 */
final class PeerProcess implements AutoCloseable {

	private static final Path MODULE = Path.of("..", "finagle-peer", "target");

	private final Process process;

	private final BufferedWriter in;

	private final BufferedReader out;

	private PeerProcess(Process process) {
		this.process = process;
		this.in = process.outputWriter(StandardCharsets.UTF_8);
		this.out = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a peer.
	 * @param main its main class, without the package
	 * @param arguments its arguments
	 */
	static PeerProcess start(String main, String... arguments) {
		try {
			List<String> command = new ArrayList<>(List.of(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
					"--add-opens=java.base/java.nio=ALL-UNNAMED", "-XX:+IgnoreUnrecognizedVMOptions",
					"--sun-misc-unsafe-memory-access=allow", "-cp", classPath(), "io.scalesrpc.finagle.peer." + main));
			command.addAll(List.of(arguments));
			File log = MODULE.resolve(main + ".log").toFile();
			return new PeerProcess(new ProcessBuilder(command).redirectError(log).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String classPath() throws IOException {
		Path file = MODULE.resolve("finagle-peer.classpath");
		if (!Files.exists(file)) {
			throw new IllegalStateException(file + ": missing (expected: written by the build of finagle-peer; run mvn"
					+ " -pl scales-core/finagle-tests -am verify)");
		}
		return MODULE.resolve("classes") + File.pathSeparator + Files.readString(file).trim();
	}

	/**
	 * Sends a command.
	 * @return the line it answers
	 */
	String ask(String command) {
		tell(command);
		return line();
	}

	/** Sends a command without waiting for its answer. */
	void tell(String command) {
		try {
			this.in.write(command);
			this.in.newLine();
			this.in.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The next line it says. */
	String line() {
		try {
			String line = this.out.readLine();
			if (line == null) {
				throw new IllegalStateException("the peer ended; see its log in " + MODULE);
			}
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			tell("quit");
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (UncheckedIOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
