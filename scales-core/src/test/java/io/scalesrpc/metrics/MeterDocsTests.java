package io.scalesrpc.metrics;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeterDocsTests {

	private static final Pattern ROW = Pattern
		.compile("^\\| `(scales\\.[a-z.]+)` \\| (timer|counter|gauge) \\|(.*) \\| .+ \\|$", Pattern.MULTILINE);

	@Test
	void theTableInTheDocsHasEveryMeterOnce() throws IOException {
		List<String> documented = ROW.matcher(operations()).results().map((row) -> row.group(1)).toList();
		List<String> names = Stream.of(MeterNames.class.getDeclaredFields())
			.filter((field) -> Modifier.isPublic(field.getModifiers()))
			.map(MeterDocsTests::name)
			.toList();
		assertThat(documented).containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void everyEventIsACounterWithTheTagsInTheTable() throws IOException {
		String operations = operations();
		for (Event event : Event.values()) {
			Matcher row = ROW.matcher(operations);
			boolean found = row.results()
				.anyMatch((match) -> match.group(1).equals(event.meter()) && match.group(2).equals("counter")
						&& event.tags()
							.stream()
							.allMatch((tag) -> match.group(3).contains("`" + tag.getKey() + "`")
									&& match.group(3).contains(tag.getValue())));
			assertThat(found).as(event.name()).isTrue();
		}
	}

	private static String operations() throws IOException {
		return Files.readString(Path.of("..", "docs", "operations.md"));
	}

	private static String name(Field field) {
		try {
			return (String) field.get(null);
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

}
