package io.scalesrpc.demo.kafka;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;
import org.apache.kafka.clients.producer.RecordMetadata;

import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;

/**
 * What happens to orders, for whoever reads the topics. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient("orders")
interface OrderEvents {

	/**
	 * An order was placed.
	 * @param key the customer; records of one customer keep their order
	 * @param order the order
	 * @param tenant the shop
	 * @return completes when the record is in the log
	 */
	@SendTo("orders")
	CompletableFuture<RecordMetadata> placed(@Header("kafka_messageKey") String key, @Payload Order order,
			@Header("tenant") String tenant);

	/**
	 * Somebody looked at a product. Nobody waits for that.
	 * @param item the product
	 */
	@SendTo("clicks")
	void clicked(String item);

}
