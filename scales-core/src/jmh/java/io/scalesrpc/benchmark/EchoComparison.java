package io.scalesrpc.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Echoes on one connection to a lean server by one client after the other, each in a process of its own: warmed up in turn,
 * then several rounds in turns, so that the machine's mood meets them all. Prints each round and the medians. Run by
 * {@code src/jmh/compare.sh}. <em>Stateless</em>.
 */
public final class EchoComparison {

	private static final String FINAGLE = "finagle";

	private static final String PEER = "io.scalesrpc.finagle.peer.FinagleClientMain";

	private static final Pattern FIGURE = Pattern.compile("(rate|cpu|bytes|failed)=([0-9.]+)");

	private EchoComparison() {
	}

	/**
	 * Runs the comparison.
	 * @param args the clients, separated by commas; calls at a time; rounds; seconds of a round; seconds of warming up;
	 * {@code pinned} for the server on one processor and the clients on another, or {@code free}
	 */
	public static void main(String[] args) throws IOException {
		boolean pinned = args[5].equals("pinned");
		Subject server = Subject.start(pinned ? "0" : null, System.getProperty("java.class.path"),
				LeanEchoServer.class.getName(), "0");
		String port = server.readLine().substring("READY ".length());
		Map<String, Subject> subjects = new LinkedHashMap<>();
		Map<String, List<Map<String, Double>>> figures = new LinkedHashMap<>();
		for (String name : args[0].split(",")) {
			Subject subject = subject(name, port, pinned ? "1" : null);
			subject.run(Integer.parseInt(args[4]), args[1]);
			subjects.put(name, subject);
			figures.put(name, new ArrayList<>());
		}
		for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
			for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
				String line = subject.getValue().run(Integer.parseInt(args[3]), args[1]);
				System.out.printf("round %d %-18s %s%n", round, subject.getKey(), line);
				figures.get(subject.getKey()).add(figures(line));
			}
		}
		figures.forEach((name, rounds) -> System.out.printf("median  %-18s %8.0f calls/s %7.2f us %6.0f bytes%n", name,
				median(rounds, "rate"), median(rounds, "cpu"), median(rounds, "bytes")));
		subjects.values().forEach(Subject::end);
		server.end();
	}

	private static Subject subject(String name, String port, String processor) throws IOException {
		if (!name.equals(FINAGLE)) {
			return Subject.start(processor, System.getProperty("java.class.path"), EchoClientMain.class.getName(), name,
					port);
		}
		Subject finagle = Subject.start(processor, finagleClassPath(), PEER, "localhost:" + port, "10000");
		finagle.readLine();
		return finagle;
	}

	private static Map<String, Double> figures(String line) {
		Map<String, Double> figures = new LinkedHashMap<>();
		for (MatchResult figure : FIGURE.matcher(line).results().toList()) {
			figures.put(figure.group(1), Double.valueOf(figure.group(2)));
		}
		if (figures.getOrDefault("failed", 0.0) > 0) {
			throw new IllegalStateException("calls failed: " + line);
		}
		return figures;
	}

	private static double median(List<Map<String, Double>> rounds, String name) {
		List<Double> values = new ArrayList<>();
		rounds.forEach((round) -> values.add(round.getOrDefault(name, Double.NaN)));
		Collections.sort(values);
		return values.get(values.size() / 2);
	}

	private static String finagleClassPath() throws IOException {
		Path target = Path.of("finagle-peer", "target");
		return target.resolve("classes") + File.pathSeparator
				+ Files.readString(target.resolve("finagle-peer.classpath")).trim();
	}

	/**
	 * A process that is told what to do. <em>Confined to the main thread</em>.
	 *
	 * @param process the process
	 * @param in what it reads
	 * @param out what it writes
	 * @param finagle whether it is Finagle's client, which has words of its own
	 */
	private record Subject(Process process, BufferedWriter in, BufferedReader out, boolean finagle) {

		static Subject start(String processor, String classPath, String... command) throws IOException {
			List<String> words = new ArrayList<>();
			if (processor != null) {
				words.addAll(List.of("taskset", "-c", processor));
			}
			words.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
					"-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow", "-cp", classPath));
			words.addAll(List.of(command));
			Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			return new Subject(process, process.outputWriter(StandardCharsets.UTF_8),
					process.inputReader(StandardCharsets.UTF_8), command[0].equals(PEER));
		}

		String run(int seconds, String concurrency) throws IOException {
			this.in.write(this.finagle ? "echoes " + seconds + " " + concurrency : seconds + " " + concurrency);
			this.in.newLine();
			this.in.flush();
			return readLine();
		}

		String readLine() throws IOException {
			String line = this.out.readLine();
			if (line == null) {
				throw new IllegalStateException("a process ended: " + this.process.info());
			}
			return line;
		}

		void end() {
			this.process.destroy();
		}

	}

}
