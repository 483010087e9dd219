package io.scalesrpc.spring;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.scalesrpc.spring.settings.InboundProperties;
import io.scalesrpc.spring.settings.ServerProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of docs/configuration.md with settings that belong to no client, and the
 * records, say the same.
 */
class ServerDocumentTests {

	private static final Pattern ROW = Pattern
		.compile("\\| `scales\\.(server|inbound)\\.([^`]+)` \\| ?(.*?) ?\\| .+ \\|");

	@Test
	void theTablesHaveEverySettingWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Files.readAllLines(Path.of("..", "docs", "configuration.md"))
			.stream()
			.map(ROW::matcher)
			.filter((row) -> row.matches())
			.forEach((row) -> documented.put(row.group(1) + "." + row.group(2),
					row.group(3).matches("`.*`") ? row.group(3).replace("`", "") : ""));
		Map<String, String> settings = new TreeMap<>();
		collect(ServerProperties.class, "server.", settings);
		collect(InboundProperties.class, "inbound.", settings);
		assertThat(documented).isEqualTo(settings);
	}

	private static void collect(Class<?> type, String prefix, Map<String, String> settings) throws IOException {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (component.getType().isRecord()) {
				collect(component.getType(), name + ".", settings);
				continue;
			}
			settings.put(name, defaultValue(type, component));
		}
	}

	/** The annotation is the parameter's. */
	private static String defaultValue(Class<?> type, RecordComponent component) {
		for (var parameter : type.getDeclaredConstructors()[0].getParameters()) {
			DefaultValue value = parameter.getAnnotation(DefaultValue.class);
			if (parameter.getName().equals(component.getName()) && value != null) {
				return String.join(",", value.value());
			}
		}
		return "";
	}

}
