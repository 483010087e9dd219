package io.scalesrpc.demo.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.scalesrpc.demo.InOneProcess;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the end of a topic, as a consumer would. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
class TopicReader {

	private static final int LAST = 5;

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final KafkaProperties properties;

	TopicReader(KafkaProperties properties) {
		this.properties = properties;
	}

	/** The last records of every partition, the latest first. */
	List<Seen> last(String topic) {
		Map<String, Object> settings = Map.of("bootstrap.servers", "localhost:" + this.properties.port(),
				"default.api.timeout.ms", (int) PATIENCE.toMillis(), "request.timeout.ms", (int) PATIENCE.toMillis());
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
				new StringDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((info) -> new TopicPartition(topic, info.partition()))
				.toList();
			consumer.assign(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			partitions.forEach((partition) -> consumer.seek(partition, Math.max(0, end(ends, partition) - LAST)));
			List<Seen> seen = new ArrayList<>();
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < end(ends, partition))) {
				consumer.poll(PATIENCE).forEach((record) -> seen.add(Seen.of(record)));
			}
			seen.sort(Comparator.comparingLong(Seen::timestamp).reversed());
			return seen;
		}
	}

	private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
		return Objects.requireNonNullElse(ends.get(partition), 0L);
	}

	/**
	 * A record. <em>Immutable</em>.
	 *
	 * @param partition where it is
	 * @param offset its number there
	 * @param key its key, if it has one
	 * @param value its value
	 * @param tenant the header of that name, if it has one
	 * @param traceparent the trace that it is a part of, if it is of one
	 * @param timestamp when it was sent, in milliseconds since 1970
	 */
	record Seen(int partition, long offset, @Nullable String key, String value, @Nullable String tenant,
			@Nullable String traceparent, long timestamp) {

		private static Seen of(ConsumerRecord<String, String> record) {
			return new Seen(record.partition(), record.offset(), record.key(), record.value(), header(record, "tenant"),
					header(record, "traceparent"), record.timestamp());
		}

		private static @Nullable String header(ConsumerRecord<String, String> record, String name) {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
		}

	}

}
