package io.scalesrpc.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a chart of the documents shows is what the simulation printed. */
class ChartDocumentTests {

	private static final Path DOCS = Path.of("..", "docs");

	@Test
	void theBarsOfTheBalancersAreThoseOfTheSimulation() throws IOException {
		List<String> bars = numbers(find("balancing.md", "(?m)^  bar \\[(.+)]$"));
		List<String> row = numbers(find("simulation.md", "(?m)^\\| Half of them slow \\| (.+) \\|$"));
		assertThat(bars).hasSize(6).isEqualTo(row.subList(0, bars.size()));
	}

	private static String find(String page, String pattern) throws IOException {
		return Pattern.compile(pattern)
			.matcher(Files.readString(DOCS.resolve(page)))
			.results()
			.map((found) -> found.group(1))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> numbers(String text) {
		return Arrays.stream(text.split("[,| ]+")).toList();
	}

}
