package io.scalesrpc.discovery.zookeeper;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Server sets of Twitter, Finagle and Aurora: nodes {@code member_...} and
 * {@code vector_...}. A {@code weight} in a member is an addition of ours.
 * <em>Immutable</em>.
 *
 * @param endpoint the name of the additional endpoint that is meant, or empty for the
 * service's own
 */
record TwitterFormat(String endpoint) implements NodeFormat {

	private static final String SHARD = "shard";

	private static final String METADATA = "metadata";

	@Override
	public boolean isMember(String name) {
		return name.startsWith("member_");
	}

	@Override
	public boolean isVector(String name) {
		return name.startsWith("vector_");
	}

	@Override
	public @Nullable Member member(byte[] data) {
		JsonTexts node = JsonTexts.parse(data);
		double weight = node.weight("weight");
		if (!node.text("status").equals("ALIVE") || weight == 0) {
			return null;
		}
		String prefix = this.endpoint.isEmpty() ? "serviceEndpoint." : "additionalEndpoints." + this.endpoint + ".";
		return new Member(node.text(prefix + "host"), node.integer(prefix + "port"), weight, metadata(node));
	}

	/** As little as is used. */
	private static Map<String, String> metadata(JsonTexts node) {
		Map<String, String> metadata = new HashMap<>();
		String shard = node.find(SHARD);
		if (shard != null) {
			metadata.put(SHARD, shard);
		}
		String zone = node.find(METADATA + "." + Member.ZONE);
		if (zone != null && !zone.isEmpty()) {
			metadata.put(Member.ZONE, zone);
		}
		return metadata;
	}

	/**
	 * A member with a number of its own choosing: one that ZooKeeper counted out could be
	 * another's after the path was made anew.
	 */
	@Override
	public NewNode announcement(Member member) {
		long number = UUID.randomUUID().getLeastSignificantBits() & Long.MAX_VALUE;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator json = JsonTexts.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
			json.writeStartObject();
			writeEndpoint(json, "serviceEndpoint", member);
			json.writeObjectPropertyStart("additionalEndpoints");
			if (!this.endpoint.isEmpty()) {
				writeEndpoint(json, this.endpoint, member);
			}
			json.writeEndObject();
			json.writeStringProperty("status", "ALIVE");
			writeRest(json, member);
			json.writeEndObject();
		}
		return new NewNode(String.format("member_%019d", number), bytes.toByteArray());
	}

	private static void writeEndpoint(JsonGenerator json, String name, Member member) {
		json.writeObjectPropertyStart(name);
		json.writeStringProperty("host", member.host());
		json.writeNumberProperty("port", member.port());
		json.writeEndObject();
	}

	private static void writeRest(JsonGenerator json, Member member) {
		String shard = member.metadata().get(SHARD);
		if (shard != null) {
			json.writeNumberProperty(SHARD, Integer.parseInt(shard));
		}
		if (member.weight() != 1) {
			json.writeNumberProperty("weight", member.weight());
		}
		if (!member.zone().isEmpty()) {
			json.writeObjectPropertyStart(METADATA);
			json.writeStringProperty(Member.ZONE, member.zone());
			json.writeEndObject();
		}
	}

}
