package io.scalesrpc.redis.command;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.FreePorts;
import redis.embedded.core.ExecutableProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real server of Redis on a port of its own: the one of 6.2 that embedded-redis brings,
 * or one of this machine. Keeps nothing on disk. <em>Confined to the thread of the
 * test</em>.
 */
public final class RedisNode implements AutoCloseable {

	/** Debian's, which is newer. */
	public static final Path OF_THE_MACHINE = Path.of("/usr/bin/redis-server");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final File DIRECTORY = directory();

	private static final File BUNDLED = extracted();

	private final String program;

	private final int port;

	private final List<String> options;

	private Process process;

	private RedisNode(String program, int port, List<String> options) {
		this.program = program;
		this.port = port;
		this.options = options;
		start();
	}

	/**
	 * Starts the server that the build brings along.
	 * @param options as on its command line
	 */
	public static RedisNode bundled(String... options) {
		return new RedisNode(BUNDLED.getPath(), FreePorts.next(), List.of(options));
	}

	/** Starts that of this machine. */
	public static RedisNode ofTheMachine(String... options) {
		return new RedisNode(OF_THE_MACHINE.toString(), FreePorts.next(), List.of(options));
	}

	/** A server that replicates this one. */
	public RedisNode replica() {
		RedisNode replica = new RedisNode(this.program, FreePorts.next(), replication(this.port));
		replica.await(() -> replica.ask("INFO", "replication").contains("master_link_status:up"));
		return replica;
	}

	private static List<String> replication(int of) {
		return List.of("--replicaof", "127.0.0.1", Integer.toString(of), "--repl-diskless-sync", "yes",
				"--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1");
	}

	/** Starts it again, after {@link #kill()}. */
	public void start() {
		List<String> command = new ArrayList<>(List.of(this.program, "--port", Integer.toString(this.port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", DIRECTORY.getPath(), "--dbfilename",
				this.port + ".rdb", "--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
		command.addAll(this.options);
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await(this::listens);
	}

	public int port() {
		return this.port;
	}

	public String address() {
		return "127.0.0.1:" + this.port;
	}

	/** Makes another server its primary, or itself one if there is none. */
	public void follow(RedisNode primary) {
		assertThat(primary != null ? ask("REPLICAOF", "127.0.0.1", Integer.toString(primary.port))
				: ask("REPLICAOF", "NO", "ONE"))
			.startsWith("OK");
	}

	/** Ends it without a word. */
	public void kill() {
		this.process.destroyForcibly();
		try {
			assertThat(this.process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Holds it up, as a machine that hangs, or lets it go on. */
	public void signal(String name) {
		try {
			int code = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
			if (code != 0) {
				throw new IllegalStateException("kill -" + name + ": exit code " + code);
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		if (name.equals("STOP")) {
			// The signal is on its way only: a command that comes sooner is answered.
			Eventually.await("a process that is stopped", this::isStopped);
		}
	}

	private boolean isStopped() {
		Path stat = Path.of("/proc", Long.toString(this.process.pid()), "stat");
		try {
			String text = Files.exists(stat) ? Files.readString(stat) : ") T";
			return text.startsWith(" T", text.lastIndexOf(')') + 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Asks it past all clients; for answers of one value. */
	public String ask(String... words) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(10_000);
			OutputStream out = socket.getOutputStream();
			out.write(RespWriter.command(words));
			out.flush();
			return read(new BufferedInputStream(socket.getInputStream()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(InputStream in) throws IOException {
		String line = line(in);
		if (line.startsWith("$") && !line.equals("$-1")) {
			return new String(in.readNBytes(Integer.parseInt(line.substring(1))), StandardCharsets.UTF_8);
		}
		return line.substring(1);
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
			line.append((char) c);
		}
		return line.toString().trim();
	}

	private boolean listens() {
		assertThat(this.process.isAlive()).as("redis-server").isTrue();
		try {
			String pong = ask("PING");
			return pong.startsWith("PONG") || pong.startsWith("NOAUTH");
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private void await(java.util.function.BooleanSupplier condition) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("redis-server at %s in time", this.port).isLessThan(end);
			LockSupport.parkNanos(2_000_000);
		}
	}

	@Override
	public void close() {
		kill();
		new File(DIRECTORY, this.port + ".rdb").delete();
	}

	private static File directory() {
		try {
			return Files.createTempDirectory("scales-redis").toFile();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static File extracted() {
		try {
			return ExecutableProvider.newJarResourceProvider(DIRECTORY).get();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
