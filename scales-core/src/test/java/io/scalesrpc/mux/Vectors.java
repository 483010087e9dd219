package io.scalesrpc.mux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The reader of the {@code *.vectors} resources: sections of entries of fields, in the
 * form that {@code codec.vectors} explains in its head. <em>Stateless</em>; thread-safe.
 */
final class Vectors {

	/** Fields that say what to do; all others say what comes out. */
	private static final Set<String> INSTRUCTIONS = Set.of("hex", "key", "limit", "cut", "assembled", "is", "refused",
			"end");

	private Vectors() {
	}

	static List<Section> read(String name) {
		List<Section> sections = new ArrayList<>();
		for (String line : lines(name)) {
			if (line.startsWith("== ")) {
				sections.add(new Section(line.substring(3), new ArrayList<>()));
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				last(sections).add(line);
			}
		}
		return sections;
	}

	static Section section(String name, String title) {
		return read(name).stream().filter((section) -> section.title().equals(title)).findFirst().orElseThrow();
	}

	private static List<String> lines(String name) {
		try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(name), name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static <T> T last(List<T> list) {
		return list.get(list.size() - 1);
	}

	/**
	 * The entries under one heading. <em>Confined to the test's thread</em>.
	 *
	 * @param title the heading
	 * @param entries in their order
	 */
	record Section(String title, List<Entry> entries) {

		private void add(String line) {
			if (!line.startsWith("  ")) {
				this.entries.add(new Entry(line, new ArrayList<>()));
				return;
			}
			List<String> fields = last(this.entries).fields();
			if (line.startsWith("    ")) {
				fields.add(fields.remove(fields.size() - 1) + line.strip());
			}
			else {
				fields.add(line.strip());
			}
		}

	}

	/**
	 * One vector. <em>Confined to the test's thread</em>.
	 *
	 * @param name what it is
	 * @param fields each a key and a value, a space between them
	 */
	record Entry(String name, List<String> fields) {

		boolean has(String key) {
			return !all(key).isEmpty();
		}

		String get(String key) {
			List<String> found = all(key);
			if (found.size() != 1) {
				throw new IllegalStateException(this.name + ": " + found.size() + " fields " + key + " (expected: 1)");
			}
			return found.get(0);
		}

		List<String> all(String key) {
			return this.fields.stream()
				.filter((field) -> keyOf(field).equals(key))
				.map((field) -> field.substring(Math.min(field.length(), key.length() + 1)))
				.toList();
		}

		/** What {@link FrameText} must say about the frame. */
		List<String> expected() {
			return this.fields.stream().filter((field) -> !INSTRUCTIONS.contains(keyOf(field))).toList();
		}

		private static String keyOf(String field) {
			int space = field.indexOf(' ');
			return (space < 0) ? field : field.substring(0, space);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
