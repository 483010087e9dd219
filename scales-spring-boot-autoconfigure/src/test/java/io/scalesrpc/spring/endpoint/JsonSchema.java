package io.scalesrpc.spring.endpoint;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * As much of JSON Schema as that of the endpoint uses. <em>Immutable</em>.
 *
 * @param root the schema
 */
record JsonSchema(JsonNode root) {

	/** What of a value does not fit, by its place. */
	List<String> problems(JsonNode value, String definition) {
		List<String> problems = new ArrayList<>();
		check(value, definition.isEmpty() ? this.root : this.root.at("/$defs/" + definition), "", problems);
		return problems;
	}

	private void check(JsonNode value, JsonNode schema, String place, List<String> problems) {
		if (schema.has("$ref")) {
			check(value, this.root.at(schema.get("$ref").asString().substring(1)), place, problems);
			return;
		}
		if (schema.has("enum") && !contains(schema.get("enum"), value)) {
			problems.add(place + ": " + value + " (expected: one of " + schema.get("enum") + ")");
		}
		if (schema.has("type") && !isOf(value, schema.get("type").asString())) {
			problems.add(place + ": " + value + " (expected: " + schema.get("type") + ")");
			return;
		}
		if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()
				|| schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
			problems.add(place + ": " + value + " (expected: a value in its range)");
		}
		for (JsonNode required : schema.path("required")) {
			if (!value.has(required.asString())) {
				problems.add(place + "/" + required.asString() + ": missing");
			}
		}
		if (value.isObject()) {
			value.properties().forEach((member) -> {
				JsonNode known = schema.path("properties").path(member.getKey());
				JsonNode others = schema.path("additionalProperties");
				String below = place + "/" + member.getKey();
				if (!known.isMissingNode()) {
					check(member.getValue(), known, below, problems);
				}
				else if (others.isObject()) {
					check(member.getValue(), others, below, problems);
				}
				else if (others.isBoolean() && !others.asBoolean()) {
					problems.add(below + ": not in the schema");
				}
			});
		}
		for (int i = 0; value.isArray() && schema.has("items") && i < value.size(); i++) {
			check(value.get(i), schema.get("items"), place + "/" + i, problems);
		}
	}

	private static boolean contains(JsonNode values, JsonNode value) {
		for (JsonNode one : values) {
			if (one.equals(value)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOf(JsonNode value, String type) {
		return switch (type) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isString();
			case "integer" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			case "boolean" -> value.isBoolean();
			default -> throw new IllegalArgumentException("type: " + type);
		};
	}

}
