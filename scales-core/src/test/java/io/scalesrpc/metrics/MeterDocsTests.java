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

/** docs/metrics.md and the code say the same. */
class MeterDocsTests {

	private static final Pattern ROW = Pattern.compile(
			"^\\| `([a-z._]+)` \\| (timer|counter|gauge) \\| ([a-z]+) \\| ?(.*?) ?\\| ([^|]+) \\|$", Pattern.MULTILINE);

	private static final Pattern VARZ = Pattern.compile(
			"^\\| `(\\w+(?:\\.\\w+)+)` \\| (?:rate|timer|time|gauge|counter|average) \\| (.+) \\|$", Pattern.MULTILINE);

	private static final Pattern METER = Pattern.compile("`((?:scales|rpc)\\.[a-z._]+)`");

	private static final Pattern TAG = Pattern.compile("`([a-z._]+)`(?: \\(([^)]*)\\))?");

	private static final List<String> OF_CLIENTS = List.of("client", "protocol");

	@Test
	void theTablesSayOfEveryMeterWhatTheCodeSays() throws IOException {
		List<MeterInfo> documented = ROW.matcher(document()).results().map((row) -> {
			boolean ofClient = row.group(1).startsWith("scales.client.");
			List<String> own = TAG.matcher(row.group(4)).results().map((tag) -> tag.group(1)).toList();
			return new MeterInfo(row.group(1), row.group(2), row.group(3),
					Stream.concat(ofClient ? OF_CLIENTS.stream() : Stream.empty(), own.stream()).toList(),
					row.group(5));
		}).toList();
		assertThat(documented).containsExactlyElementsOf(MeterInfo.all());
	}

	@Test
	void everyNameIsDescribed() {
		List<String> names = Stream.of(MeterNames.class.getDeclaredFields())
			.filter((field) -> Modifier.isPublic(field.getModifiers()))
			.map(MeterDocsTests::name)
			.toList();
		assertThat(MeterInfo.all()).extracting(MeterInfo::name).containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void everyEventIsACounterWithTheTagsInTheTable() throws IOException {
		String document = document();
		for (Event event : Event.values()) {
			Matcher row = ROW.matcher(document);
			boolean found = row.results()
				.anyMatch((match) -> match.group(1).equals(event.meter()) && match.group(2).equals("counter")
						&& event.tags()
							.stream()
							.allMatch((tag) -> TAG.matcher(match.group(4))
								.results()
								.anyMatch((known) -> known.group(1).equals(tag.getKey())
										&& List.of(known.group(2).split(", ")).contains(tag.getValue()))));
			assertThat(found).as(event.name()).isTrue();
		}
	}

	@Test
	void eachOfTheVarzHasMetersThatExist() throws IOException {
		List<String> known = MeterInfo.all().stream().map(MeterInfo::name).toList();
		String document = document();
		String varz = document.substring(document.indexOf("## What was Varz"));
		assertThat(VARZ.matcher(varz).results().map((row) -> row.group(1)).distinct()).hasSize(47);
		VARZ.matcher(varz).results().forEach((row) -> {
			List<String> meters = METER.matcher(row.group(2)).results().map((meter) -> meter.group(1)).toList();
			assertThat(meters).as(row.group(1)).isNotEmpty().isSubsetOf(known);
		});
	}

	private static String document() throws IOException {
		return Files.readString(Path.of("..", "docs", "metrics.md"));
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
