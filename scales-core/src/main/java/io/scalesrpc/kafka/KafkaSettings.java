package io.scalesrpc.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import static io.scalesrpc.call.Checks.notNegative;
import static io.scalesrpc.call.Checks.positive;
import static io.scalesrpc.call.Checks.require;
import static io.scalesrpc.call.Checks.requireBeside;
import static io.scalesrpc.call.Checks.requireNotWithout;
import static io.scalesrpc.call.Checks.text;

/**
 * The settings of Kafka's producer that Scales knows, and those of what stands before it.
 * Texts of errors name the property below a client. <em>Immutable</em>.
 *
 * @param delivery when a record counts as written, and for how long that is tried
 * @param batching how records are put together
 * @param waiting how many records may wait for what the producer lacks
 * @param sasl how the client proves who it is; null for not at all
 * @param serializers makes bytes of keys and values; those of Scales if not set
 * @param deadlineHeader the name of a header with the milliseconds that the call had left
 * at the timestamp of its record; null for none
 * @param properties anything else that the producer knows, by its own names
 */
public record KafkaSettings(Delivery delivery, Batching batching, Waiting waiting, @Nullable Sasl sasl,
		Serializers serializers, @Nullable String deadlineHeader, Map<String, String> properties) {

	/** What holds unless somebody says otherwise. */
	public static final KafkaSettings DEFAULT = new KafkaSettings(Delivery.DEFAULT, Batching.DEFAULT, Waiting.DEFAULT,
			null, Serializers.NONE, null, Map.of());

	/** Copies the properties. */
	public KafkaSettings {
		properties = Map.copyOf(properties);
		if (deadlineHeader != null) {
			text("kafka.deadline-header", deadlineHeader);
		}
	}

	/**
	 * The same with another delivery.
	 * @param other when a record counts as written
	 * @return new settings
	 */
	public KafkaSettings withDelivery(Delivery other) {
		return new KafkaSettings(other, this.batching, this.waiting, this.sasl, this.serializers, this.deadlineHeader,
				this.properties);
	}

	/**
	 * The same with other batches.
	 * @param other how records are put together
	 * @return new settings
	 */
	public KafkaSettings withBatching(Batching other) {
		return new KafkaSettings(this.delivery, other, this.waiting, this.sasl, this.serializers, this.deadlineHeader,
				this.properties);
	}

	/**
	 * The same with other bounds.
	 * @param other how many records may wait
	 * @return new settings
	 */
	public KafkaSettings withWaiting(Waiting other) {
		return new KafkaSettings(this.delivery, this.batching, other, this.sasl, this.serializers, this.deadlineHeader,
				this.properties);
	}

	/**
	 * The same with a login.
	 * @param login how the client proves who it is
	 * @return new settings
	 */
	public KafkaSettings withSasl(Sasl login) {
		return new KafkaSettings(this.delivery, this.batching, this.waiting, login, this.serializers,
				this.deadlineHeader, this.properties);
	}

	/**
	 * The same with serializers.
	 * @param others make bytes of keys and values
	 * @return new settings
	 */
	public KafkaSettings withSerializers(Serializers others) {
		return new KafkaSettings(this.delivery, this.batching, this.waiting, this.sasl, others, this.deadlineHeader,
				this.properties);
	}

	/**
	 * The same with a header that says how much time the call had left.
	 * @param name the name of the header, not blank
	 * @return new settings
	 */
	public KafkaSettings withDeadlineHeader(String name) {
		return new KafkaSettings(this.delivery, this.batching, this.waiting, this.sasl, this.serializers, name,
				this.properties);
	}

	/**
	 * The same with other settings of the producer.
	 * @param others their values by Kafka's names
	 * @return new settings
	 */
	public KafkaSettings withProperties(Map<String, String> others) {
		return new KafkaSettings(this.delivery, this.batching, this.waiting, this.sasl, this.serializers,
				this.deadlineHeader, others);
	}

	/**
	 * Refuses settings that contradict each other.
	 * @return these
	 * @throws IllegalArgumentException if two do
	 */
	public KafkaSettings requireConsistent() {
		Delivery d = this.delivery;
		requireBeside(!d.idempotence || d.acks.equals("all"), "kafka.acks", d.acks, "kafka.idempotence",
				"all, or kafka.idempotence: false; without all acknowledgements the brokers cannot tell a repeated record");
		requireBeside(!d.idempotence || d.maxInFlight <= 5, "kafka.max-in-flight", d.maxInFlight, "kafka.idempotence",
				"at most 5, or kafka.idempotence: false");
		Duration least = d.requestTimeout.plus(this.batching.linger);
		requireBeside(d.timeout.compareTo(least) >= 0, "kafka.delivery-timeout", d.timeout, "kafka.request-timeout",
				"at least request-timeout and linger together, " + least);
		requireBeside(this.batching.bufferMemory >= this.batching.batchSize, "kafka.buffer-memory",
				this.batching.bufferMemory, "kafka.batch-size", "at least batch-size, " + this.batching.batchSize);
		requireBeside(this.batching.bufferMemory >= this.batching.maxRequestSize, "kafka.buffer-memory",
				this.batching.bufferMemory, "kafka.max-request-size",
				"at least max-request-size, " + this.batching.maxRequestSize);
		return this;
	}

	/**
	 * When a record counts as written, and for how long that is tried.
	 * <em>Immutable</em>.
	 *
	 * @param acks {@code all}, {@code 1} (the leader alone) or {@code 0} (nobody)
	 * @param idempotence whether brokers leave out records that the producer repeats
	 * @param timeout for how long the producer goes on with a record, whatever became of
	 * its call. Far above the timeouts of calls: a batch that expires while it is sent
	 * breaks the order of those behind it
	 * @param requestTimeout for how long a broker may be silent
	 * @param maxInFlight requests to a broker that may be unanswered, from 1
	 * @param availabilityTimeout how long a broker may take no requests until records
	 * without a key go to others; zero for no limit
	 */
	public record Delivery(String acks, boolean idempotence, Duration timeout, Duration requestTimeout, int maxInFlight,
			Duration availabilityTimeout) {

		/** All replicas, once, for two minutes. */
		public static final Delivery DEFAULT = new Delivery("all", true, Duration.ofMinutes(2), Duration.ofSeconds(30),
				5, Duration.ofMillis(500));

		/** Checks the values. */
		public Delivery {
			require(List.of("all", "1", "0").contains(acks), "kafka.acks", acks, "all, 1 or 0");
			positive("kafka.delivery-timeout", timeout);
			positive("kafka.request-timeout", requestTimeout);
			require(maxInFlight >= 1, "kafka.max-in-flight", maxInFlight, ">= 1");
			notNegative("kafka.partitioner-availability-timeout", availabilityTimeout);
		}

	}

	/**
	 * How records are put together. <em>Immutable</em>.
	 *
	 * @param linger how long a record waits for others of its partition; zero or more
	 * @param batchSize bytes of a batch, from 1
	 * @param bufferMemory bytes of all batches that are not acknowledged
	 * @param compression {@code none}, {@code gzip}, {@code snappy}, {@code lz4} or
	 * {@code zstd}
	 * @param maxRequestSize bytes of a request, and so of a record, from 1
	 */
	public record Batching(Duration linger, int batchSize, long bufferMemory, String compression, int maxRequestSize) {

		/** As kafka-clients has it. */
		public static final Batching DEFAULT = new Batching(Duration.ofMillis(5), 16 * 1024, 32L * 1024 * 1024, "none",
				1024 * 1024);

		/** Checks the values. */
		public Batching {
			notNegative("kafka.linger", linger);
			require(batchSize >= 1, "kafka.batch-size", batchSize, ">= 1 byte");
			require(bufferMemory >= 1, "kafka.buffer-memory", bufferMemory, ">= 1 byte");
			require(List.of("none", "gzip", "snappy", "lz4", "zstd").contains(compression), "kafka.compression",
					compression, "none, gzip, snappy, lz4 or zstd");
			require(maxRequestSize >= 1, "kafka.max-request-size", maxRequestSize, ">= 1 byte");
		}

	}

	/**
	 * How much may wait for what the producer lacks: for itself, for the metadata of a
	 * topic, for room in its buffer. <em>Immutable</em>.
	 *
	 * @param calls for each topic, from 1
	 * @param bytes for all topics of the client, from 1
	 */
	public record Waiting(int calls, long bytes) {

		/** 1024 calls for each topic, 16 MiB in all. */
		public static final Waiting DEFAULT = new Waiting(1024, 16L * 1024 * 1024);

		/** Checks the values. */
		public Waiting {
			require(calls >= 1, "kafka.waiting-calls", calls, ">= 1");
			require(bytes >= 1, "kafka.waiting-memory", bytes, ">= 1 byte");
		}

	}

	/**
	 * Makes bytes of keys and values. A serializer is configured with all settings of the
	 * producer, and called by many threads. <em>Immutable</em>.
	 *
	 * @param key the name of a class that is a Kafka serializer; null for Scales' own
	 * @param value the name of a class that is a Kafka serializer; null for Scales' own
	 */
	public record Serializers(@Nullable String key, @Nullable String value) {

		/** Bytes and texts as they are, other values by the codec of the protocol. */
		public static final Serializers NONE = new Serializers(null, null);

		/** Checks the values. */
		public Serializers {
			if (key != null) {
				text("kafka.key-serializer", key);
			}
			if (value != null) {
				text("kafka.value-serializer", value);
			}
		}

	}

	/**
	 * How the client proves who it is. Its text tells no secrets. <em>Immutable</em>.
	 *
	 * @param mechanism for example {@code SCRAM-SHA-512}, {@code PLAIN}
	 * @param username with {@code PLAIN} and {@code SCRAM}, unless {@code jaas} says it
	 * @param password of the user
	 * @param jaas the line of a JAAS configuration, for every other mechanism
	 */
	public record Sasl(String mechanism, @Nullable String username, @Nullable String password, @Nullable String jaas) {

		/** Checks the values. */
		public Sasl {
			text("kafka.sasl.mechanism", mechanism);
			boolean byName = username != null || password != null;
			boolean named = mechanism.equals("PLAIN") || mechanism.startsWith("SCRAM-");
			requireBeside(!byName || jaas == null, "kafka.sasl.jaas", "set", "kafka.sasl.username",
					"none beside kafka.sasl.username");
			requireNotWithout(byName || jaas != null, "kafka.sasl.mechanism", mechanism,
					"kafka.sasl." + (named ? "username" : "jaas"));
			requireNotWithout(!byName || password != null, "kafka.sasl.username", String.valueOf(username),
					"kafka.sasl.password");
			requireNotWithout(!byName || username != null, "kafka.sasl.password", "set", "kafka.sasl.username");
			require(!byName || named, "kafka.sasl.mechanism", mechanism,
					"PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512 with a username; any other with jaas");
		}

		@Override
		public String toString() {
			return "Sasl[" + this.mechanism + "]";
		}

	}

}
