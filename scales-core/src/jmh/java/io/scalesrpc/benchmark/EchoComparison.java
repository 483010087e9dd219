package io.scalesrpc.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Echoes at 64 at a time on one connection to Finagle's server: bare Netty, Scales with both ways of delivering callbacks,
 * and Finagle's own client, one after the other in processes of their own, several rounds of it, so that the machine's mood
 * meets them all. Run by {@code src/jmh/compare.sh}. <em>Stateless</em>.
 */
public final class EchoComparison {

	private static final List<String> CLIENTS = List.of("bare-netty", "scales-event-loop", "scales-executor");

	private static final String PEER = "io.scalesrpc.finagle.peer.";

	private EchoComparison() {
	}

	/**
	 * Runs the comparison.
	 * @param args calls to measure, after as many to warm up; rounds
	 */
	public static void main(String[] args) throws IOException {
		String calls = args[0];
		Process server = java(finagleClassPath(), PEER + "FinagleServerMain", "0", "2147483647");
		try {
			String port = server.inputReader(StandardCharsets.UTF_8).readLine().substring("READY ".length());
			for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
				System.out.println("round " + round);
				for (String client : CLIENTS) {
					System.out.println(lastLine(java(System.getProperty("java.class.path"),
							EchoClientMain.class.getName(), client, port, calls, calls)));
				}
				System.out.println("finagle " + finagle(port, calls));
			}
		}
		finally {
			server.destroy();
		}
	}

	private static String finagle(String port, String calls) throws IOException {
		Process client = java(finagleClassPath(), PEER + "FinagleClientMain", "localhost:" + port, "10000");
		try (var in = client.outputWriter(StandardCharsets.UTF_8)) {
			BufferedReader out = client.inputReader(StandardCharsets.UTF_8);
			out.readLine();
			String best = "";
			for (int i = 0; i < 3; i++) {
				in.write("bench " + calls + " 64\n");
				in.flush();
				best = out.readLine();
			}
			in.write("quit\n");
			return best;
		}
	}

	private static String lastLine(Process process) throws IOException {
		String last = "no answer";
		try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				last = line;
			}
		}
		return last;
	}

	private static Process java(String classPath, String... command) throws IOException {
		List<String> words = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
						"-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow", "-cp", classPath));
		words.addAll(List.of(command));
		return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	private static String finagleClassPath() throws IOException {
		Path target = Path.of("finagle-peer", "target");
		return target.resolve("classes") + File.pathSeparator
				+ Files.readString(target.resolve("finagle-peer.classpath")).trim();
	}

}
