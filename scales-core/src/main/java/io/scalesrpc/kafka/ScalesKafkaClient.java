package io.scalesrpc.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The ready client of Kafka: sends records to any topic.
 *
 * <pre>{@code
 * ClientHandle<ScalesKafkaClient> kafka = ScalesClients.builder(ScalesKafkaClient.class)
 *     .protocol("kafka")
 *     .uri("tcp://kafka1:9092,kafka2:9092")
 *     .build();
 * RecordMetadata written = kafka.proxy().put("orders", "customer-7", "an order");
 * }</pre>
 *
 * A payload is bytes, a text, null, or whatever the serializer of the client or its codec
 * makes bytes of; a key as well, and a number or a UUID goes as its text. Headers are
 * bytes or go as texts. Records of one key keep their order, as do those that one thread
 * sends to one partition. A call ends when its record is acknowledged, or by its
 * deadline. Payloads in a list are records of their own, each with its own fate: the call
 * ends when all are acknowledged, or with the first that is not. An interface of one's
 * own may have methods like these, with payloads of other types and with {@code Mono} in
 * place of the future where Reactor is present. Implementations are <em>thread-safe</em>.
 */
public interface ScalesKafkaClient {

	/**
	 * Sends a record without a key and waits until it is written.
	 * @param topic the topic
	 * @param payload the payload
	 * @return where it was written
	 */
	RecordMetadata put(String topic, @Nullable Object payload);

	/**
	 * Sends a record and waits until it is written.
	 * @param topic the topic
	 * @param key the key, which decides its partition; null for none
	 * @param payload the payload
	 * @return where it was written
	 */
	RecordMetadata put(String topic, @Nullable Object key, @Nullable Object payload);

	/**
	 * Sends a record with headers and waits until it is written.
	 * @param topic the topic
	 * @param key the key, which decides its partition; null for none
	 * @param payload the payload
	 * @param headers values by names
	 * @return where it was written
	 */
	RecordMetadata put(String topic, @Nullable Object key, @Nullable Object payload, Map<String, ?> headers);

	/**
	 * Sends records without keys and waits until all are written.
	 * @param topic the topic
	 * @param payloads the payloads, at least one
	 * @return where each was written, in the same order
	 */
	List<RecordMetadata> put(String topic, List<?> payloads);

	/**
	 * Sends a record without a key.
	 * @param topic the topic
	 * @param payload the payload
	 * @return completes with where it was written
	 */
	CompletableFuture<RecordMetadata> putAsync(String topic, @Nullable Object payload);

	/**
	 * Sends a record.
	 * @param topic the topic
	 * @param key the key, which decides its partition; null for none
	 * @param payload the payload
	 * @return completes with where it was written
	 */
	CompletableFuture<RecordMetadata> putAsync(String topic, @Nullable Object key, @Nullable Object payload);

	/**
	 * Sends a record with headers.
	 * @param topic the topic
	 * @param key the key, which decides its partition; null for none
	 * @param payload the payload
	 * @param headers values by names
	 * @return completes with where it was written
	 */
	CompletableFuture<RecordMetadata> putAsync(String topic, @Nullable Object key, @Nullable Object payload,
			Map<String, ?> headers);

	/**
	 * Sends records without keys.
	 * @param topic the topic
	 * @param payloads the payloads, at least one
	 * @return completes with where each was written, in the same order
	 */
	CompletableFuture<List<RecordMetadata>> putAsync(String topic, List<?> payloads);

}
