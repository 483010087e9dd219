package io.scalesrpc.spring.settings;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
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
public record KafkaProperties(@DefaultValue("all") String acks, @DefaultValue("true") boolean idempotence,
		@DefaultValue("2m") Duration deliveryTimeout, @DefaultValue("30s") Duration requestTimeout,
		@DefaultValue("5") int maxInFlight, @DefaultValue("500ms") Duration partitionerAvailabilityTimeout,
		@DefaultValue("5ms") Duration linger, @DefaultValue("16KB") DataSize batchSize,
		@DefaultValue("32MB") DataSize bufferMemory, @DefaultValue("none") String compression,
		@DefaultValue("1MB") DataSize maxRequestSize, @DefaultValue("1024") int waitingCalls,
		@DefaultValue("16MB") DataSize waitingMemory, @Nullable String keySerializer, @Nullable String valueSerializer,
		@Nullable String deadlineHeader, @NestedConfigurationProperty @DefaultValue KafkaSaslProperties sasl,
		@DefaultValue Map<String, String> properties) {

	/** Copies the properties. */
	public KafkaProperties {
		properties = Map.copyOf(properties);
	}

	/**
	 * The settings as the protocol takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public KafkaSettings toSettings() {
		KafkaSettings settings = KafkaSettings.DEFAULT
			.withDelivery(new KafkaSettings.Delivery(this.acks, this.idempotence, this.deliveryTimeout,
					this.requestTimeout, this.maxInFlight, this.partitionerAvailabilityTimeout))
			.withBatching(new KafkaSettings.Batching(this.linger, toInt("kafka.batch-size", this.batchSize),
					this.bufferMemory.toBytes(), this.compression,
					toInt("kafka.max-request-size", this.maxRequestSize)))
			.withWaiting(new KafkaSettings.Waiting(this.waitingCalls, this.waitingMemory.toBytes()))
			.withSerializers(new KafkaSettings.Serializers(this.keySerializer, this.valueSerializer))
			.withProperties(this.properties);
		KafkaSettings.Sasl login = this.sasl.toSettings();
		settings = (login != null) ? settings.withSasl(login) : settings;
		return (this.deadlineHeader != null) ? settings.withDeadlineHeader(this.deadlineHeader) : settings;
	}

	private static int toInt(String name, DataSize size) {
		Checks.require(size.toBytes() <= Integer.MAX_VALUE, name, size, "less than 2GB");
		return (int) size.toBytes();
	}

}
