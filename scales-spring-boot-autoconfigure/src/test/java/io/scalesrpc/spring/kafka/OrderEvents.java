package io.scalesrpc.spring.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.client.ScalesClient;
import org.apache.kafka.clients.producer.RecordMetadata;
import reactor.core.publisher.Mono;

import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;

/** Methods of every kind that send records. */
@ScalesClient("events")
@SendTo("${shop.topic:orders}")
public interface OrderEvents {

	/** A key, a payload and headers. */
	CompletableFuture<RecordMetadata> placed(@Header("kafka_messageKey") String key, @Payload Order order,
			@Header("tenant") String tenant);

	/** A payload alone, which is waited for. */
	RecordMetadata shipped(Order order);

	/** A list is many records. */
	List<RecordMetadata> imported(List<Order> orders);

	/** Nobody waits. */
	@SendTo("clicks")
	void clicked(String page);

	/** The topic is a parameter. */
	Mono<RecordMetadata> told(@Header("kafka_topic") String topic, byte[] text, @Headers Map<String, Object> headers);

	/** The caller says more of the call. */
	RecordMetadata chosen(CallOptions options, @Header("kafka_messageKey") String key, Order order);

	/** A list is many records, and the caller says more of the call. */
	List<RecordMetadata> manyChosen(CallOptions options, List<Order> orders);

	/** A record without a value. */
	CompletableFuture<Void> forgotten(@Header("kafka_messageKey") long id);

	/** What is sent. */
	record Order(int id, String item) {
	}

}
