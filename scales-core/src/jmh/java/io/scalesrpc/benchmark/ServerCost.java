package io.scalesrpc.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call costs a server: echoes of a bare client to one server after the other, each a process of its own, warmed up in
 * turn, then several rounds in turns. Run by {@code src/jmh/server.sh}. <em>Stateless</em>.
 */
public final class ServerCost {

	/** Of a clock tick of Linux. */
	private static final double TICK_MICROS = 10_000;

	private ServerCost() {
	}

	/**
	 * Runs the comparison.
	 * @param args the servers, of lean, scales, scales-pool and finagle; calls at a time; rounds; seconds of a round; seconds of warming
	 * up; the class path of Finagle's
	 */
	public static void main(String[] args) throws Exception {
		Map<String, Subject> subjects = new LinkedHashMap<>();
		Map<String, List<double[]>> figures = new LinkedHashMap<>();
		int atATime = Integer.parseInt(args[1]);
		for (String name : args[0].split(",")) {
			Subject subject = Subject.start(name, args[5]);
			subject.run(Integer.parseInt(args[4]), atATime);
			subjects.put(name, subject);
			figures.put(name, new ArrayList<>());
		}
		for (int round = 0; round < Integer.parseInt(args[2]); round++) {
			for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
				double[] figure = subject.getValue().run(Integer.parseInt(args[3]), atATime);
				System.out.printf("round %d %-12s %8.0f calls/s %6.2f us %6.0f bytes%n", round, subject.getKey(), figure[0],
						figure[1], figure[2]);
				figures.get(subject.getKey()).add(figure);
			}
		}
		figures.forEach((name, rounds) -> System.out.printf("median  %-12s %8.0f calls/s %6.2f us %6.0f bytes%n", name,
				median(rounds, 0), median(rounds, 1), median(rounds, 2)));
		subjects.values().forEach((subject) -> subject.process.destroy());
		System.exit(0);
	}

	private static double median(List<double[]> rounds, int which) {
		List<Double> values = new ArrayList<>();
		rounds.forEach((round) -> values.add(round[which]));
		Collections.sort(values);
		return values.get(values.size() / 2);
	}

	/**
	 * A server and its client. <em>Confined to the main thread</em>.
	 *
	 * @param process the server
	 * @param out what it writes
	 * @param tells whether it tells its bytes
	 * @param client calls it
	 */
	private record Subject(Process process, BufferedReader out, boolean tells, BareNettyClient client) {

		static Subject start(String name, String finagle) throws IOException, InterruptedException {
			String own = System.getProperty("java.class.path");
			List<String> words = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp"));
			switch (name) {
				case "lean" -> words.addAll(List.of(own, LeanEchoServer.class.getName(), "0"));
				case "scales" -> words.addAll(List.of(own, EchoServerMain.class.getName(), "0"));
				case "scales-pool" -> words.addAll(List.of(own, EchoServerMain.class.getName(), "0", "pool"));
				case "finagle" -> words.addAll(List.of(finagle,
						"io.scalesrpc.finagle.peer.FinagleServerMain", "0", String.valueOf(1 << 24)));
				default -> throw new IllegalArgumentException("server: " + name);
			}
			Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
			String ready = out.readLine();
			int port = Integer.parseInt(ready.substring("READY ".length()).trim());
			return new Subject(process, out, name.startsWith("scales"), new BareNettyClient(port));
		}

		double[] run(int seconds, int atATime) throws Exception {
			long bytes = bytes();
			long ticks = ticks();
			EchoCost cost = EchoLoad.run(this.client, seconds, atATime);
			long spent = ticks() - ticks;
			if (cost.failed() > 0) {
				throw new IllegalStateException("calls failed: " + cost.line());
			}
			return new double[] { cost.calls() * 1e9 / cost.elapsedNanos(), spent * TICK_MICROS / cost.calls(),
					(double) (bytes() - bytes) / cost.calls() };
		}

		private long bytes() throws IOException {
			if (!this.tells) {
				return 0;
			}
			this.process.getOutputStream().write('\n');
			this.process.getOutputStream().flush();
			return Long.parseLong(this.out.readLine());
		}

		/** Of user and system, all threads that were, too. */
		private long ticks() throws IOException {
			String stat = Files.readString(Path.of("/proc", String.valueOf(this.process.pid()), "stat"));
			String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return Long.parseLong(words[11]) + Long.parseLong(words[12]);
		}

	}

}
