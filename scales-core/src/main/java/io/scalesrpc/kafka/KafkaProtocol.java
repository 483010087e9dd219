package io.scalesrpc.kafka;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.scalesrpc.Internal;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.protocol.Balancers;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.OptionReader;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code kafka}: every call sends records, by one producer of kafka-clients
 * a client. The members of the client are the brokers it begins with; the cluster tells
 * it of the others. Its option {@code client-id} is how brokers name the client in logs
 * and quotas ({@code scales-} and the client's name). <em>Immutable</em>; the codec is
 * thread-safe.
 */
@Internal
public final class KafkaProtocol implements Protocol {

	private static final String NAME = "kafka";

	private static final String CLIENT_ID = "client-id";

	private static final SortedSet<String> OPTIONS = new TreeSet<>(Set.of(CLIENT_ID));

	private static final String PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";

	private static final String CHOOSES = "the producer of kafka-clients sends each record to the leader of its partition";

	private final KafkaSettings settings;

	private final @Nullable ValueCodec codec;

	/** The defaults, with payloads that are bytes or texts. */
	public KafkaProtocol() {
		this(KafkaSettings.DEFAULT);
	}

	/**
	 * Payloads are bytes or texts, unless a serializer is set.
	 * @param settings the settings of the producer
	 * @throws IllegalArgumentException if two of them contradict each other, or a
	 * property is not one of the producer's
	 */
	public KafkaProtocol(KafkaSettings settings) {
		this(settings, null);
	}

	/**
	 * Payloads may be of any class that the codec knows.
	 * @param settings the settings of the producer
	 * @param codec makes bytes of payloads that are neither bytes nor texts
	 * @throws IllegalArgumentException if two of the settings contradict each other, or a
	 * property is not one of the producer's
	 */
	public KafkaProtocol(KafkaSettings settings, @Nullable ValueCodec codec) {
		settings.requireConsistent();
		if (!settings.properties().isEmpty()) {
			ProducerConfiguration.requireKnown(settings);
		}
		this.settings = settings;
		this.codec = codec;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String exampleUri() {
		return "tcp://localhost:9092";
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		requireLibrary();
		if (service != null && !KafkaContract.fits(service)) {
			throw InvalidSettingException.of("service", service.getName(), "none; kafka has no generated classes");
		}
		return KafkaContract.bind(clientInterface);
	}

	@Override
	public boolean isDetached(MethodSpec method) {
		return method.oneway();
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return OPTIONS;
	}

	@Override
	public Map<String, String> settings() {
		KafkaSettings.Delivery delivery = this.settings.delivery();
		KafkaSettings.Batching batching = this.settings.batching();
		Map<String, String> texts = new TreeMap<>();
		texts.put("kafka.acks", delivery.acks());
		texts.put("kafka.idempotence", Boolean.toString(delivery.idempotence()));
		texts.put("kafka.delivery-timeout", text(delivery.timeout()));
		texts.put("kafka.request-timeout", text(delivery.requestTimeout()));
		texts.put("kafka.max-in-flight", Integer.toString(delivery.maxInFlight()));
		texts.put("kafka.partitioner-availability-timeout", text(delivery.availabilityTimeout()));
		texts.put("kafka.linger", text(batching.linger()));
		texts.put("kafka.batch-size", batching.batchSize() + "B");
		texts.put("kafka.buffer-memory", batching.bufferMemory() + "B");
		texts.put("kafka.compression", batching.compression());
		texts.put("kafka.max-request-size", batching.maxRequestSize() + "B");
		texts.put("kafka.waiting-calls", Integer.toString(this.settings.waiting().calls()));
		texts.put("kafka.waiting-memory", this.settings.waiting().bytes() + "B");
		this.settings.properties().keySet().forEach((name) -> texts.put("kafka.properties[" + name + "]", "set"));
		return texts;
	}

	private static String text(Duration duration) {
		return duration.toMillis() + "ms";
	}

	@Override
	public Map<String, String> inapplicable() {
		Map<String, String> reasons = new LinkedHashMap<>();
		reasons.put("retry", "the producer repeats within kafka.delivery-timeout, and brokers know a repeated record;"
				+ " a record that a second call sends is a second record");
		reasons.put("hedging", "two records would be written");
		reasons.put("cache", "a record that is not sent is not written");
		reasons.put("balancer", CHOOSES);
		reasons.put("member-breaker", CHOOSES);
		reasons.put("member-meters", CHOOSES);
		reasons.put("throttling", "brokers that are too busy tell the producer, which slows down");
		reasons.put("pool", "the producer has one connection to each broker");
		reasons.put("max-connection-age", "a partition has one broker, and the producer connects to it");
		reasons.put("connections-per-member", "the producer has one connection to each broker");
		reasons.put("limits",
				"kafka.buffer-memory, kafka.max-request-size and kafka.waiting-memory bound what is kept");
		reasons.put("min-ready", "the producer connects to the brokers that it has records for");
		return reasons;
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		return Map.of(MEMBER, CHOOSES, CLIENT_ID, "brokers know the producer by kafka.client-id", ROUTING_KEY,
				"the key of a record decides");
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		throw new IllegalStateException("kafka: connections (expected: a destination)");
	}

	@Override
	public Destination destination(ProtocolEnvironment environment, ServerSet members, Balancers balancers) {
		requireLibrary();
		OptionReader options = new OptionReader(environment.options());
		options.requireKnown(NAME, OPTIONS);
		String clientId = Checks.text(CLIENT_ID, options.text(CLIENT_ID, "scales-" + environment.client()));
		KafkaVersions.warnIfUnsafe(environment.client());
		ProducerConfiguration configuration = ProducerConfiguration.of(clientId, this.settings,
				environment.connector().connectTimeout(), environment.connector().tls());
		return KafkaDestination.of(environment, members, this.settings, configuration, this.codec);
	}

	/** Found by its name, the protocol may stand on a class path without the library. */
	private static void requireLibrary() {
		try {
			Class.forName(PRODUCER, false, KafkaProtocol.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw InvalidSettingException.withoutLibrary("protocol", "kafka", "org.apache.kafka:kafka-clients", ex);
		}
	}

}
