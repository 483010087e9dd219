package io.scalesrpc.benchmark.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Those that are compared, alive side by side: warmed up in turn, then some rounds in
 * turns, so that the machine's mood meets them all. The rounds go to the error stream.
 * <em>Confined to the main thread</em>.
 */
final class Subjects implements AutoCloseable {

	private final Map<String, Subject> subjects = new LinkedHashMap<>();

	/**
	 * Adds one and warms it up.
	 * @param name its name
	 * @param subject closed with the others
	 * @param seconds how long
	 */
	void add(String name, Subject subject, int seconds) throws IOException {
		this.subjects.put(name, subject);
		System.err.printf("warm-up %-26s %s%n", name, subject.run("closed " + seconds));
	}

	/**
	 * Has rounds.
	 * @param rounds how many
	 * @param load what is done in each
	 * @param figures what they came to, by name
	 */
	void run(int rounds, String load, Map<String, Figures> figures) throws IOException {
		for (int round = 1; round <= rounds; round++) {
			for (Map.Entry<String, Subject> subject : this.subjects.entrySet()) {
				String line = subject.getValue().run(load);
				System.err.printf("round %d %-26s %s%n", round, subject.getKey(), line);
				figures.computeIfAbsent(subject.getKey(), (name) -> new Figures()).add(subject.getKey(), line);
			}
		}
	}

	@Override
	public void close() {
		this.subjects.values().forEach(Subject::close);
	}

}
