package io.scalesrpc.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The texts of docs/troubleshooting.md are those that the code says: each of their parts
 * stands in one statement of it, in this order.
 */
class TroubleshootingDocumentTests {

	private static final Pattern ROW = Pattern.compile("\\| `(.+?)` \\| .+ \\|");

	/** A comment, a literal, or anything else. */
	private static final Pattern TOKEN = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|"
			+ "(\"(?:[^\"\\\\]++|\\\\.)*+\")|'(?:[^'\\\\]|\\\\.)+'|\\s*\\+\\s*(?=\")|([;{}])|.");

	@Test
	void everyTextIsSaidByTheCode() throws IOException {
		List<String> said = statements();
		List<String> documented = Files.readAllLines(Path.of("..", "docs", "troubleshooting.md"))
			.stream()
			.map(ROW::matcher)
			.filter(Matcher::matches)
			.map((row) -> row.group(1))
			.toList();
		assertThat(documented).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
		assertThat(documented).allSatisfy((text) -> assertThat(said).as(text).anyMatch(asPattern(text).asPredicate()));
	}

	private static Pattern asPattern(String text) {
		return Pattern
			.compile(String.join("(?s:.*)", Arrays.stream(text.split("\u2026")).map(Pattern::quote).toList()));
	}

	/** The literals of each statement, one behind the other. */
	private static List<String> statements() throws IOException {
		List<String> all = new ArrayList<>();
		for (String module : List.of("scales-core", "scales-spring-boot-autoconfigure")) {
			try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
				files.filter((file) -> file.toString().endsWith(".java")).forEach((file) -> addStatements(file, all));
			}
		}
		return all;
	}

	private static void addStatements(Path file, List<String> all) {
		StringBuilder statement = new StringBuilder();
		Matcher token = TOKEN.matcher(read(file));
		boolean gap = false;
		while (token.find()) {
			if (token.group(1) != null) {
				String literal = token.group(1);
				statement.append(gap ? "\u2026" : "").append(literal, 1, literal.length() - 1);
				gap = false;
			}
			else if (token.group(2) != null) {
				all.add(statement.toString().replace("\\\"", "\"").replace("\\n", "\n"));
				statement.setLength(0);
				gap = false;
			}
			else {
				gap = gap || !token.group().contains("+");
			}
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
