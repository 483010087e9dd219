package io.scalesrpc.discovery.zookeeper;

import java.util.HashMap;
import java.util.Map;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the node of a member says, as dotted names and texts:
 * {@code serviceEndpoint.host}, {@code additionalEndpoints.thrift.port}, {@code status}.
 * <em>Immutable</em>.
 *
 * @param values what was read; arrays are left out
 */
record MemberNode(Map<String, String> values) {

	private static final JsonFactory JSON = new JsonFactory();

	/**
	 * Reads a node.
	 * @param data the JSON
	 * @return what it says
	 * @throws RuntimeException if it is no JSON object
	 */
	static MemberNode parse(byte[] data) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new IllegalArgumentException("member: no JSON object (expected: {\"serviceEndpoint\": ...})");
			}
			Map<String, String> values = new HashMap<>();
			read(parser, "", values);
			return new MemberNode(Map.copyOf(values));
		}
	}

	private static void read(JsonParser parser, String prefix, Map<String, String> values) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = prefix + parser.currentName();
			JsonToken token = parser.nextToken();
			if (token == JsonToken.START_OBJECT) {
				read(parser, name + ".", values);
			}
			else if (token == JsonToken.START_ARRAY) {
				parser.skipChildren();
			}
			else if (token != JsonToken.VALUE_NULL) {
				values.put(name, parser.getString());
			}
		}
	}

	/**
	 * The member this node announces.
	 * @param endpoint the name of an additional endpoint, or empty for the service's own
	 * @return the member; null if it is not alive
	 * @throws IllegalArgumentException if something needed is missing or out of range
	 */
	@Nullable Member member(String endpoint) {
		if (!text("status").equals("ALIVE")) {
			return null;
		}
		String prefix = endpoint.isEmpty() ? "serviceEndpoint." : "additionalEndpoints." + endpoint + ".";
		double weight = Double.parseDouble(this.values.getOrDefault("weight", "1"));
		String shard = this.values.get("shard");
		return new Member(text(prefix + "host"), Integer.parseInt(text(prefix + "port")), weight,
				(shard != null) ? Map.of("shard", shard) : Map.of());
	}

	private String text(String name) {
		String text = this.values.get(name);
		if (text == null) {
			throw new IllegalArgumentException(name + ": missing (expected: a value)");
		}
		return text;
	}

}
