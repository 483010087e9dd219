package io.scalesrpc.spring.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of docs/testing.md are parts of tests that run.
 */
class TestingDocumentTests {

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@Test
	void everyExampleIsInATest() throws IOException {
		String sources = sources();
		List<String> examples = JAVA.matcher(Files.readString(Path.of("..", "docs", "testing.md")))
			.results()
			.map((MatchResult example) -> example.group(1))
			.toList();
		assertThat(examples).hasSizeGreaterThan(8)
			.allSatisfy((example) -> assertThat(sources).containsIgnoringWhitespaces(example));
	}

	private static String sources() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src", "test", "java", "io", "scalesrpc", "spring"))) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.map(TestingDocumentTests::text)
				.collect(Collectors.joining());
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
