package io.scalesrpc.benchmark.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A process of a project that does what it is told. <em>Confined to the main thread</em>.
 *
 * @param process the process
 * @param in what it reads
 * @param out what it writes
 * @param ready the line it began with
 */
record Program(Process process, BufferedWriter in, BufferedReader out, String ready) implements AutoCloseable {

	/**
	 * Starts a process and waits until it is ready.
	 * @param processor the only one that it may use; any if {@code null}
	 * @param project the folder whose class path it has, below the current one
	 * @param command the main class and its arguments
	 */
	static Program start(@Nullable String processor, String project, List<String> command) throws IOException {
		Path target = Path.of(project, "target");
		String classPath = target.resolve("classes") + File.pathSeparator
				+ Files.readString(target.resolve("classpath")).trim();
		List<String> words = new ArrayList<>();
		if (processor != null) {
			words.addAll(List.of("taskset", "-c", processor));
		}
		// What Netty asks for on newer JDKs, which older ones do not know.
		words.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
				"-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
				"--enable-native-access=ALL-UNNAMED", "-cp", classPath));
		words.addAll(command);
		Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
		return new Program(process, process.outputWriter(StandardCharsets.UTF_8), out, readLine(out, command));
	}

	/**
	 * Tells it a line and waits for its answer.
	 * @param line what to do
	 */
	String tell(String line) throws IOException {
		this.in.write(line);
		this.in.newLine();
		this.in.flush();
		return readLine(this.out, line);
	}

	/**
	 * Where it listens, if it is a server.
	 * @param protocol the protocol
	 */
	String port(String protocol) {
		for (String word : this.ready.split(" ")) {
			if (word.startsWith(protocol + "=")) {
				return word.substring(protocol.length() + 1);
			}
		}
		throw new IllegalStateException("no server of " + protocol + ": " + this.ready);
	}

	private static String readLine(BufferedReader out, Object asked) throws IOException {
		String line = out.readLine();
		if (line == null) {
			throw new IllegalStateException("a process ended instead of answering: " + asked);
		}
		return line;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
