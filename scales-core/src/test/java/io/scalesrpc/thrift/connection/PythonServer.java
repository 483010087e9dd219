package io.scalesrpc.thrift.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.scalesrpc.thrift.OldCompiler;
import io.scalesrpc.thrift.ThriftEncoding;

/**
 * Apache Thrift's server for Python with the peer service, in a process of its own that
 * ends with its input. <em>Confined to the test's thread</em>.
 */
public final class PythonServer implements AutoCloseable {

	/** The one that Debian's python3-thrift is for. */
	private static final Path PYTHON = Path.of("/usr/bin/python3");

	private static final Path GENERATED = Path.of("target", "gen-py");

	/** The servers of the library. */
	enum Kind {

		THREADED, NONBLOCKING

	}

	private final Process process;

	private final int port;

	PythonServer(Kind kind, ThriftTransport transport, ThriftEncoding encoding) throws Exception {
		this(word(kind), word(transport), word(encoding));
	}

	private PythonServer(String... arguments) throws Exception {
		this.process = python(
				Stream.concat(Stream.of(script().toString()), Stream.of(arguments)).toArray(String[]::new));
		BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8);
		String line = out.readLine();
		if (line == null) {
			throw new IllegalStateException("server of Python: ended (expected: its port; see " + log() + ")");
		}
		this.port = Integer.parseInt(line);
	}

	/** Starts the server of the library that speaks HTTP/1.0, one request at a time. */
	public static PythonServer overHttp(ThriftEncoding encoding) throws Exception {
		return new PythonServer("http", "bare", word(encoding));
	}

	/**
	 * Starts a server of the service of values.thrift; its code is made by Debian's
	 * compiler.
	 */
	static PythonServer ofValues() throws Exception {
		Files.createDirectories(GENERATED);
		OldCompiler.run(
				List.of("/usr/bin/thrift", "--gen", "py", "-out", GENERATED.toString(), OldCompiler.VALUES.toString()));
		return new PythonServer("threaded", "framed", "binary", "values");
	}

	/** Whether there is a Python with a module of Apache Thrift's library. */
	public static boolean has(String module) throws Exception {
		if (!Files.isExecutable(PYTHON)) {
			return false;
		}
		Process asked = python("-c", "import " + module);
		asked.getOutputStream().close();
		return asked.waitFor(30, TimeUnit.SECONDS) && asked.exitValue() == 0;
	}

	/** Where it listens. */
	public int port() {
		return this.port;
	}

	private static Process python(String... arguments) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), "-B");
		builder.command().addAll(List.of(arguments));
		builder.environment()
			.put("PYTHONPATH",
					OldCompiler.CORE.resolve("src/test/gen-py").toAbsolutePath() + ":" + GENERATED.toAbsolutePath());
		return builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
	}

	private static Path log() {
		return Path.of("target/python-server.log");
	}

	private static Path script() {
		return OldCompiler.CORE.resolve("src/test/resources/io/scalesrpc/thrift/connection/peer_server.py");
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		this.process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

}
