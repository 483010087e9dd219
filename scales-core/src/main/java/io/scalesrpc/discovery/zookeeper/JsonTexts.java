package io.scalesrpc.discovery.zookeeper;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object as dotted names and texts: {@code serviceEndpoint.host},
 * {@code additionalEndpoints.thrift.port}, {@code vector.0.select}. Nulls are left out.
 * <em>Immutable</em>.
 *
 * @param values what was read
 */
record JsonTexts(Map<String, String> values) {

	static final JsonFactory JSON = new JsonFactory();

	/** Long names around many values would otherwise be copied once for each. */
	private static final int MAX_CHARS = 1 << 18;

	/**
	 * Reads an object.
	 * @param data the JSON
	 * @return what it says
	 * @throws RuntimeException if it is no JSON object, or says too much
	 */
	static JsonTexts parse(byte[] data) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new IllegalArgumentException("data: no JSON object (expected: {...})");
			}
			Map<String, String> values = new HashMap<>();
			readObject(parser, "", values, 0);
			return new JsonTexts(Map.copyOf(values));
		}
	}

	private static int readObject(JsonParser parser, String prefix, Map<String, String> values, int before) {
		int chars = before;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = prefix + parser.currentName();
			chars = readValue(parser, parser.nextToken(), name, values, chars);
		}
		return chars;
	}

	private static int readArray(JsonParser parser, String prefix, Map<String, String> values, int before) {
		int chars = before;
		int index = 0;
		for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
			chars = readValue(parser, token, prefix + index++, values, chars);
		}
		return chars;
	}

	private static int readValue(JsonParser parser, @Nullable JsonToken token, String name, Map<String, String> values,
			int before) {
		int chars = before + name.length();
		if (token == null || chars > MAX_CHARS) {
			throw new IllegalArgumentException("data: cut short, or too long when its names are spelt out");
		}
		if (token == JsonToken.START_OBJECT) {
			return readObject(parser, name + ".", values, chars);
		}
		if (token == JsonToken.START_ARRAY) {
			return readArray(parser, name + ".", values, chars);
		}
		if (token != JsonToken.VALUE_NULL) {
			values.put(name, parser.getString());
		}
		return chars;
	}

	/**
	 * A value that may be missing.
	 * @param name its dotted name
	 * @return the text, or null
	 */
	@Nullable String find(String name) {
		return this.values.get(name);
	}

	/**
	 * A value that is needed.
	 * @param name its dotted name
	 * @return the text
	 * @throws IllegalArgumentException if it is missing
	 */
	String text(String name) {
		String text = this.values.get(name);
		if (text == null) {
			throw new IllegalArgumentException(name + ": missing (expected: a value)");
		}
		return text;
	}

	/**
	 * A number that is needed.
	 * @param name its dotted name
	 * @return the number
	 * @throws IllegalArgumentException if it is missing or no whole number
	 */
	int integer(String name) {
		return Integer.parseInt(text(name));
	}

	/**
	 * A weight, 1 if none is given.
	 * @param name its dotted name
	 * @return the weight, zero or more and finite
	 * @throws IllegalArgumentException if it is something else
	 */
	double weight(String name) {
		double weight = Double.parseDouble(this.values.getOrDefault(name, "1"));
		if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
			throw new IllegalArgumentException(name + ": " + weight + " (expected: >= 0)");
		}
		return weight;
	}

}
