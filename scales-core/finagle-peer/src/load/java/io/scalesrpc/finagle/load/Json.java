package io.scalesrpc.finagle.load;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON of numbers, texts and maps of them, on one line. <em>Thread-safe</em>.
 */
public final class Json {

	private Json() {
	}

	public static String of(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> text(entry.getKey()) + ":" + of(entry.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		return (value instanceof Number) ? value.toString() : text(value);
	}

	private static String text(Object value) {
		StringBuilder text = new StringBuilder("\"");
		value.toString().chars().forEach((c) -> {
			if (c < ' ' || c == '"' || c == '\\') {
				text.append(String.format("\\u%04x", c));
			}
			else {
				text.append((char) c);
			}
		});
		return text.append('"').toString();
	}

}
