package io.scalesrpc.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of protocol kafka. <em>Immutable</em>.
 *
 * @param acks Acknowledgements a record needs: all, 1 or 0.
 * @param idempotence Whether brokers leave out records that the producer repeats.
 * @param deliveryTimeout Time that the producer goes on with a record, whatever became of
 * its call; at least request-timeout and linger together, at most 1 day.
 * @param requestTimeout Time after which a request that a broker does not answer is
 * repeated; above 0, at most 1 day.
 * @param maxInFlight Requests to a broker that may be unanswered; at least 1, at most 5
 * with idempotence.
 * @param partitionerAvailabilityTimeout Time that a broker may take no requests until
 * records without a key go to others; 0 for no limit, at most 1 day.
 * @param linger Time that a record waits for others of its partition; 0 to 1 day.
 * @param batchSize Size of a batch; at least 1 byte.
 * @param bufferMemory Size of all batches that are not acknowledged; at least batch-size
 * and max-request-size.
 * @param compression Compression of batches: none, gzip, snappy, lz4 or zstd.
 * @param maxRequestSize Largest size of a request, and so of a record; at least 1 byte.
 * @param waitingCalls Calls that may wait for a topic while the producer has no metadata
 * of it or no room; at least 1.
 * @param waitingMemory Size of all records that wait; at least 1 byte.
 * @param keySerializer Class that makes bytes of keys, with a constructor without
 * parameters.
 * @param valueSerializer Class that makes bytes of payloads, with a constructor without
 * parameters.
 * @param deadlineHeader Name of a header with the milliseconds that the call had left at
 * the timestamp of its record.
 * @param sasl How the client proves who it is.
 * @param properties Further settings of the producer, by Kafka's own names.
 */
public record KafkaProperties(@Nullable String acks, @Nullable Boolean idempotence, @Nullable Duration deliveryTimeout,
		@Nullable Duration requestTimeout, @Nullable Integer maxInFlight,
		@Nullable Duration partitionerAvailabilityTimeout, @Nullable Duration linger, @Nullable DataSize batchSize,
		@Nullable DataSize bufferMemory, @Nullable String compression, @Nullable DataSize maxRequestSize,
		@Nullable Integer waitingCalls, @Nullable DataSize waitingMemory, @Nullable String keySerializer,
		@Nullable String valueSerializer, @Nullable String deadlineHeader,
		@NestedConfigurationProperty @DefaultValue KafkaSaslProperties sasl,
		@DefaultValue Map<String, String> properties) {

	static final KafkaProperties NONE = new KafkaProperties(null, null, null, null, null, null, null, null, null, null,
			null, null, null, null, null, null, KafkaSaslProperties.NONE, Map.of());

	/** Copies the properties. */
	public KafkaProperties {
		properties = Map.copyOf(properties);
	}

	KafkaProperties over(KafkaProperties defaults) {
		Map<String, String> all = new LinkedHashMap<>(defaults.properties);
		all.putAll(this.properties);
		return new KafkaProperties(ClientProperties.first(this.acks, defaults.acks),
				ClientProperties.first(this.idempotence, defaults.idempotence),
				ClientProperties.first(this.deliveryTimeout, defaults.deliveryTimeout),
				ClientProperties.first(this.requestTimeout, defaults.requestTimeout),
				ClientProperties.first(this.maxInFlight, defaults.maxInFlight),
				ClientProperties.first(this.partitionerAvailabilityTimeout, defaults.partitionerAvailabilityTimeout),
				ClientProperties.first(this.linger, defaults.linger),
				ClientProperties.first(this.batchSize, defaults.batchSize),
				ClientProperties.first(this.bufferMemory, defaults.bufferMemory),
				ClientProperties.first(this.compression, defaults.compression),
				ClientProperties.first(this.maxRequestSize, defaults.maxRequestSize),
				ClientProperties.first(this.waitingCalls, defaults.waitingCalls),
				ClientProperties.first(this.waitingMemory, defaults.waitingMemory),
				ClientProperties.first(this.keySerializer, defaults.keySerializer),
				ClientProperties.first(this.valueSerializer, defaults.valueSerializer),
				ClientProperties.first(this.deadlineHeader, defaults.deadlineHeader), this.sasl.over(defaults.sasl),
				all);
	}

	/**
	 * The settings as the protocol takes them.
	 * @return the settings, those not set being the protocol's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name, such as {@code kafka.acks: ...}
	 */
	public KafkaSettings toSettings() {
		KafkaSettings own = KafkaSettings.DEFAULT;
		KafkaSettings settings = own.withDelivery(delivery(own.delivery()))
			.withBatching(batching(own.batching()))
			.withWaiting(waiting(own.waiting()))
			.withSerializers(new KafkaSettings.Serializers(this.keySerializer, this.valueSerializer))
			.withProperties(this.properties);
		KafkaSettings.Sasl login = this.sasl.toSettings();
		settings = (login != null) ? settings.withSasl(login) : settings;
		return (this.deadlineHeader != null) ? settings.withDeadlineHeader(this.deadlineHeader) : settings;
	}

	private KafkaSettings.Delivery delivery(KafkaSettings.Delivery own) {
		return new KafkaSettings.Delivery(BalancerProperties.or(this.acks, own.acks()),
				BalancerProperties.or(this.idempotence, own.idempotence()),
				BalancerProperties.or(this.deliveryTimeout, own.timeout()),
				BalancerProperties.or(this.requestTimeout, own.requestTimeout()),
				BalancerProperties.or(this.maxInFlight, own.maxInFlight()),
				BalancerProperties.or(this.partitionerAvailabilityTimeout, own.availabilityTimeout()));
	}

	private KafkaSettings.Batching batching(KafkaSettings.Batching own) {
		return new KafkaSettings.Batching(BalancerProperties.or(this.linger, own.linger()),
				toInt("kafka.batch-size", this.batchSize, own.batchSize()),
				toLong(this.bufferMemory, own.bufferMemory()),
				BalancerProperties.or(this.compression, own.compression()),
				toInt("kafka.max-request-size", this.maxRequestSize, own.maxRequestSize()));
	}

	private KafkaSettings.Waiting waiting(KafkaSettings.Waiting own) {
		return new KafkaSettings.Waiting(BalancerProperties.or(this.waitingCalls, own.calls()),
				toLong(this.waitingMemory, own.bytes()));
	}

	private static long toLong(@Nullable DataSize size, long otherwise) {
		return (size != null) ? size.toBytes() : otherwise;
	}

	private static int toInt(String name, @Nullable DataSize size, int otherwise) {
		long bytes = toLong(size, otherwise);
		if (bytes > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(name + ": " + size + " (expected: less than 2GB)");
		}
		return (int) bytes;
	}

}
