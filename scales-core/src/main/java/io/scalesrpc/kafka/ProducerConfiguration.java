package io.scalesrpc.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.protocol.NearestName;
import io.scalesrpc.transport.TlsSettings;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * The settings of a producer in Kafka's words. <em>Immutable</em>; its text tells no
 * secrets.
 */
final class ProducerConfiguration {

	private static final String OURS = "nothing; Scales decides it";

	/** What is not set by Kafka's name, and where it is set. */
	private static final Map<String, String> OWNED = Map.ofEntries(entry("bootstrap.servers", "uri of the client"),
			entry("acks", "kafka.acks"), entry("enable.idempotence", "kafka.idempotence"),
			entry("delivery.timeout.ms", "kafka.delivery-timeout"),
			entry("request.timeout.ms", "kafka.request-timeout"),
			entry("max.in.flight.requests.per.connection", "kafka.max-in-flight"),
			entry("partitioner.availability.timeout.ms", "kafka.partitioner-availability-timeout"),
			entry("linger.ms", "kafka.linger"), entry("batch.size", "kafka.batch-size"),
			entry("buffer.memory", "kafka.buffer-memory"), entry("compression.type", "kafka.compression"),
			entry("max.request.size", "kafka.max-request-size"), entry("client.id", "client-id of the client"),
			entry("key.serializer", "kafka.key-serializer"), entry("value.serializer", "kafka.value-serializer"),
			entry("sasl.mechanism", "kafka.sasl.mechanism"), entry("sasl.jaas.config", "kafka.sasl.jaas"),
			entry("socket.connection.setup.timeout.ms", "connect-timeout of the client"),
			entry("security.protocol", "ssl.bundle of the client, and kafka.sasl"),
			entry("retries", "kafka.delivery-timeout, within which the producer repeats"),
			entry("max.block.ms", OURS + ": the deadline of a call bounds its waiting"),
			entry("transactional.id", OURS + ": transactions need a producer of their own"),
			entry("transaction.timeout.ms", OURS + ": there are no transactions"),
			entry("transaction.two.phase.commit.enable", OURS + ": there are no transactions"));

	/** What a context of metrics has beside is free. */
	private static final String OF_METRICS = "metrics.context.";

	private static final String SETUP_TIMEOUT = ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG;

	private static final String SETUP_TIMEOUT_MAX = ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG;

	private final Map<String, Object> values;

	private ProducerConfiguration(Map<String, Object> values) {
		this.values = values;
	}

	/**
	 * Translates settings.
	 * @param clientId how brokers name the client in logs and quotas
	 * @param settings the settings
	 * @param connectTimeout how long connecting to a broker may take
	 * @param tls how TLS is spoken; null for not at all
	 * @return the configuration, without brokers
	 * @throws IllegalArgumentException if a value is not right
	 */
	static ProducerConfiguration of(String clientId, KafkaSettings settings, Duration connectTimeout,
			@Nullable TlsSettings tls) {
		Map<String, Object> values = new HashMap<>();
		values.putAll(settings.properties());
		addDelivery(values, settings.delivery());
		addBatching(values, settings.batching());
		values.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
		// The caller, and who sends for him, never waits inside.
		values.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L);
		values.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		values.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		values.put(SETUP_TIMEOUT, connectTimeout.toMillis());
		values.putIfAbsent(SETUP_TIMEOUT_MAX, Long.toString(Math.max(30_000, connectTimeout.toMillis())));
		addSecurity(values, settings.sasl(), tls);
		return new ProducerConfiguration(values);
	}

	/**
	 * Checks settings that are given by Kafka's names.
	 * @param settings have their texts by their names, and the serializers
	 * @throws IllegalArgumentException if one is unknown, wrong, or set elsewhere
	 */
	static void requireKnown(KafkaSettings settings) {
		boolean plugins = settings.serializers().key() != null || settings.serializers().value() != null
				|| settings.properties().keySet().stream().anyMatch(ProducerConfiguration::isPlugin);
		new TreeMap<>(settings.properties()).forEach((name, value) -> {
			String property = "kafka.properties[" + name + "]";
			String owner = name.startsWith("ssl.") ? "ssl.bundle of the client" : OWNED.get(name);
			if (owner != null) {
				throw InvalidSettingException.of(property, value, owner);
			}
			if (!ProducerConfig.configNames().contains(name) && !name.startsWith(OF_METRICS)) {
				requireForPlugin(property, name, value, plugins);
			}
			requireParsable(property, name, value);
		});
	}

	/**
	 * Classes of others are told all settings, and read some that nobody else knows; but
	 * one that is Kafka's but for a letter or two is a mistake even so.
	 */
	private static void requireForPlugin(String property, String name, String value, boolean plugins) {
		String nearest = NearestName.of(name, ProducerConfig.configNames()).orElse("");
		if (!plugins || NearestName.isSlip(name, nearest)) {
			throw InvalidSettingException.of(property, value,
					"a setting of Kafka's producer" + (nearest.isEmpty() ? "" : ", such as " + nearest)
							+ (plugins ? ""
									: "; or one of a serializer, partitioner, interceptor or another class that is set"
											+ " beside it"));
		}
	}

	/** Whether a setting names a class, or several, of the application. */
	private static boolean isPlugin(String name) {
		return name.endsWith(".class") || name.endsWith(".classes") || name.equals("metric.reporters")
				|| name.equals("security.providers") || name.equals("config.providers");
	}

	private static void requireParsable(String property, String name, String value) {
		try {
			Map<String, Object> one = new HashMap<>(Map.of(name, value));
			one.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
			one.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
			one.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
			ProducerConfig.configDef().parse(one);
		}
		catch (ConfigException ex) {
			throw InvalidSettingException.because(property,
					property + ": " + value + " (expected: what Kafka accepts; " + ex.getMessage() + ")", ex);
		}
	}

	/** The settings for some brokers. */
	Map<String, Object> with(List<Member> brokers) {
		Map<String, Object> all = new HashMap<>(this.values);
		all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers.stream().map(ProducerConfiguration::address).toList());
		return all;
	}

	/** By its name, which certificates are for, where the set knows it. */
	private static String address(Member member) {
		return Member.of(member.hostName(), member.port()).address();
	}

	/** What serializers are told of the producer. */
	Map<String, Object> values() {
		return this.values;
	}

	private static void addDelivery(Map<String, Object> values, KafkaSettings.Delivery delivery) {
		values.put(ProducerConfig.ACKS_CONFIG, delivery.acks());
		// Set in every case: where it is not, Kafka switches it off in silence.
		values.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, delivery.idempotence());
		values.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery.timeout().toMillis());
		values.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) delivery.requestTimeout().toMillis());
		values.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, delivery.maxInFlight());
		values.put(ProducerConfig.PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG,
				delivery.availabilityTimeout().toMillis());
	}

	private static void addBatching(Map<String, Object> values, KafkaSettings.Batching batching) {
		values.put(ProducerConfig.LINGER_MS_CONFIG, batching.linger().toMillis());
		values.put(ProducerConfig.BATCH_SIZE_CONFIG, batching.batchSize());
		values.put(ProducerConfig.BUFFER_MEMORY_CONFIG, batching.bufferMemory());
		values.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, batching.compression());
		values.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, batching.maxRequestSize());
	}

	private static void addSecurity(Map<String, Object> values, KafkaSettings.@Nullable Sasl sasl,
			@Nullable TlsSettings tls) {
		values.put("security.protocol", ((sasl != null) ? "SASL_" : "") + ((tls != null) ? "SSL" : "PLAINTEXT"));
		if (tls != null) {
			TlsEngines.configure(values, tls);
		}
		if (sasl != null) {
			values.put("sasl.mechanism", sasl.mechanism());
			values.put("sasl.jaas.config", (sasl.jaas() != null) ? sasl.jaas() : jaas(sasl));
		}
	}

	private static String jaas(KafkaSettings.Sasl sasl) {
		String module = sasl.mechanism().equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
		return "org.apache.kafka.common.security." + module + " required username=\"" + escape(sasl.username())
				+ "\" password=\"" + escape(sasl.password()) + "\";";
	}

	private static String escape(@Nullable String text) {
		return String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"");
	}

	@Override
	public String toString() {
		return "ProducerConfiguration[" + this.values.get(ProducerConfig.CLIENT_ID_CONFIG) + "]";
	}

}
