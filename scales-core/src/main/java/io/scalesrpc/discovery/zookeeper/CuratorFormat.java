package io.scalesrpc.discovery.zookeeper;

import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Service instances of Curator's service discovery in JSON, as Spring Cloud ZooKeeper
 * writes them too: one node an instance, whatever its name. An instance with two ports
 * has that for TLS in its metadata. <em>Immutable</em>.
 *
 * @param service the name of the service, for instances that are announced
 * @param clock tells the time of registration
 */
record CuratorFormat(String service, InstantSource clock) implements NodeFormat {

	private static final String METADATA = "payload.metadata.";

	private static final String WEIGHT = "weight";

	private static final String STATUS = "instance_status";

	private static final String SSL_PORT = "sslPort";

	private static final int MAX_METADATA = 16;

	private static final int MAX_METADATA_CHARS = 128;

	@Override
	public boolean isMember(String name) {
		return true;
	}

	@Override
	public boolean isVector(String name) {
		return false;
	}

	@Override
	public @Nullable Member member(byte[] data) {
		JsonTexts node = JsonTexts.parse(data);
		double weight = node.weight(METADATA + WEIGHT);
		String status = node.find(METADATA + STATUS);
		boolean enabled = !"false".equals(node.find("enabled")) && (status == null || status.equals("UP"));
		if (!enabled || weight == 0) {
			return null;
		}
		String tls = node.find(SSL_PORT);
		int port = node.integer((tls != null && node.find("port") == null) ? SSL_PORT : "port");
		Map<String, String> metadata = metadata(node);
		if (tls != null && node.integer(SSL_PORT) != port) {
			metadata.put(Member.SSL_PORT, tls);
		}
		return new Member(node.text("address"), port, weight, metadata);
	}

	/** What fits; a registry is no place for more. */
	private static Map<String, String> metadata(JsonTexts node) {
		Map<String, String> metadata = new HashMap<>();
		node.values().keySet().stream().filter((name) -> name.startsWith(METADATA)).sorted().forEach((name) -> {
			String key = name.substring(METADATA.length());
			String value = node.text(name);
			boolean fits = key.length() + value.length() <= MAX_METADATA_CHARS && metadata.size() < MAX_METADATA;
			if (fits && !key.equals(WEIGHT) && !key.equals(STATUS)) {
				metadata.put(key, value);
			}
		});
		return metadata;
	}

	@Override
	public NewNode announcement(Member member) {
		String id = UUID.randomUUID().toString();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator json = JsonTexts.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
			json.writeStartObject();
			json.writeStringProperty("name", this.service);
			json.writeStringProperty("id", id);
			json.writeStringProperty("address", member.host());
			json.writeNumberProperty("port", member.port());
			json.writeNullProperty("sslPort");
			writePayload(json, id, member);
			json.writeNumberProperty("registrationTimeUTC", this.clock.millis());
			json.writeStringProperty("serviceType", "DYNAMIC");
			json.writeNullProperty("uriSpec");
			json.writeBooleanProperty("enabled", true);
			json.writeEndObject();
		}
		return new NewNode(id, bytes.toByteArray());
	}

	/** The class that readers from Spring Cloud expect; others get none if they can. */
	private void writePayload(JsonGenerator json, String id, Member member) {
		Map<String, String> metadata = new HashMap<>(member.metadata());
		if (member.weight() != 1) {
			metadata.put(WEIGHT, String.valueOf(member.weight()));
		}
		if (metadata.isEmpty()) {
			json.writeNullProperty("payload");
			return;
		}
		json.writeObjectPropertyStart("payload");
		json.writeStringProperty("@class", "org.springframework.cloud.zookeeper.discovery.ZookeeperInstance");
		json.writeStringProperty("id", id);
		json.writeStringProperty("name", this.service);
		json.writeObjectPropertyStart("metadata");
		metadata.forEach(json::writeStringProperty);
		json.writeEndObject();
		json.writeEndObject();
	}

}
