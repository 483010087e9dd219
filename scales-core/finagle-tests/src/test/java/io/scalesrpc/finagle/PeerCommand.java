package io.scalesrpc.finagle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * How a peer is started: with the class path that the build of its module wrote down, and
 * what its old Netty needs of a new JVM. <em>Immutable</em>.
 *
 * @param words the words of the command line
 * @param log where its standard error goes
 */
record PeerCommand(List<String> words, Path log) {

	private static final Path MODULE = Path.of("..", "finagle-peer", "target");

	private static final AtomicInteger started = new AtomicInteger();

	/**
	 * Makes the command.
	 * @param main its main class, without the package
	 * @param arguments its arguments
	 */
	static PeerCommand of(String main, List<String> arguments) throws IOException {
		List<String> words = new ArrayList<>();
		words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// They live for seconds: half of their processor time would go into compiling and
		// into threads of the collector.
		words.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		// JDK 17 does not know the last two, and would not start with them.
		words.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED",
				"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Dio.netty.tryReflectionSetAccessible=true",
				"-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED",
				"--sun-misc-unsafe-memory-access=allow"));
		words.addAll(List.of("-cp", classPath(), "io.scalesrpc.finagle.peer." + main));
		words.addAll(arguments);
		return new PeerCommand(List.copyOf(words), MODULE.resolve(main + "-" + started.incrementAndGet() + ".log"));
	}

	private static String classPath() throws IOException {
		Path file = MODULE.resolve("finagle-peer.classpath");
		if (!Files.exists(file)) {
			throw new IllegalStateException(file + ": missing (expected: written by the build of finagle-peer; run mvn"
					+ " -pl scales-core/finagle-tests -am verify)");
		}
		return MODULE.resolve("classes") + System.getProperty("path.separator") + Files.readString(file).trim();
	}

	Process start() throws IOException {
		return new ProcessBuilder(this.words).redirectError(this.log.toFile()).start();
	}

	/** The last lines of its log, each on a line of its own. */
	String endOfLog() {
		try {
			List<String> lines = Files.readAllLines(this.log);
			return lines.stream()
				.skip(Math.max(0, lines.size() - 20))
				.collect(Collectors.joining("\n\t", "\n" + this.log + ":\n\t", ""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return String.join(" ", this.words.subList(this.words.indexOf("-cp") + 2, this.words.size()));
	}

}
