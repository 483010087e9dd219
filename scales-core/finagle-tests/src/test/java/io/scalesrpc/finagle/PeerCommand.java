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
public record PeerCommand(List<String> words, Path log) {

	private static final Path MODULE = Path.of("..", "finagle-peer", "target");

	/** The classes of the peers. */
	static final Path CLASSES = MODULE.resolve("classes");

	private static final String PEERS = "io.scalesrpc.finagle.peer.";

	/**
	 * Nothing that threads of a collector do shall be taken for what a balancer does.
	 */
	private static final List<String> MEASURED = List.of("-Xms512m", "-Xmx512m", "-Xmn256m", "-XX:+UseSerialGC");

	private static final AtomicInteger started = new AtomicInteger();

	/** What JDK 17 does not know it would not start with. */
	private static final List<String> FOR_OLD_NETTY = List.of("--add-opens=java.base/java.nio=ALL-UNNAMED",
			"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Dio.netty.tryReflectionSetAccessible=true",
			"-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED",
			"--sun-misc-unsafe-memory-access=allow");

	/** Copies the list. */
	public PeerCommand {
		words = List.copyOf(words);
	}

	/**
	 * One of Finagle's peers that lives for seconds: half of its processor time would go
	 * into compiling and into threads of the collector.
	 * @param main its main class, without the package
	 * @param arguments its arguments
	 * @return the command
	 */
	public static PeerCommand of(String main, List<String> arguments) {
		return java(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), classPath(), PEERS + main,
				arguments);
	}

	/**
	 * One of Finagle's peers that is measured.
	 * @param main its main class, without the package
	 * @param arguments its arguments
	 * @return the command
	 */
	public static PeerCommand measured(String main, List<String> arguments) {
		return java(MEASURED, classPath(), PEERS + main, arguments);
	}

	/**
	 * A class of the running JVM's class path that is measured, under the same conditions
	 * as Finagle's.
	 * @param main its main class
	 * @param arguments its arguments
	 * @return the command
	 */
	public static PeerCommand measured(Class<?> main, List<String> arguments) {
		return java(MEASURED, System.getProperty("java.class.path"), main.getName(), arguments);
	}

	private static PeerCommand java(List<String> options, String classPath, String main, List<String> arguments) {
		List<String> words = new ArrayList<>();
		words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		words.addAll(options);
		words.addAll(FOR_OLD_NETTY);
		words.addAll(List.of("-cp", classPath, main));
		words.addAll(arguments);
		String log = main.substring(main.lastIndexOf('.') + 1) + "-" + started.incrementAndGet() + ".log";
		return new PeerCommand(words, MODULE.resolve(log));
	}

	private static String classPath() {
		return CLASSES + System.getProperty("path.separator") + libraries();
	}

	/** What the peers need, one after the other as in a class path. */
	static String libraries() {
		Path file = MODULE.resolve("finagle-peer.classpath");
		if (!Files.exists(file)) {
			throw new IllegalStateException(file + ": missing (expected: written by the build of finagle-peer; run mvn"
					+ " -pl scales-core/finagle-tests -am verify)");
		}
		try {
			return Files.readString(file).trim();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
