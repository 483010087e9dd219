package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener of Kafka that is at a record when the application stops: its container waits
 * for it, and so do the clients.
 */
class ListenerShutdownTests {

	private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

	@Test
	void whatAListenerOfKafkaIsAtIsAnsweredAtTheStop() {
		try (CalculatorServer server = CalculatorServer.start()) {
			CompletableFuture<Integer> answer = new CompletableFuture<>();
			Contexts.application()
				.withUserConfiguration(Listening.class)
				.withPropertyValues("scales.clients.calculator.uri=" + server.uri())
				.run((context) -> {
					Listening listening = context.getBean(Listening.class);
					listening.answer = answer;
					assertThat(listening.started.await(20, TimeUnit.SECONDS)).isTrue();
				});
			assertThat(answer).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(42);
		}
	}

	@Configuration
	static class Listening {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch closing = new CountDownLatch(1);

		private volatile CompletableFuture<Integer> answer = new CompletableFuture<>();

		@Bean
		ApplicationListener<ContextClosedEvent> close() {
			return (event) -> this.closing.countDown();
		}

		@Bean
		KafkaMessageListenerContainer<String, String> orders(CalculatorClient client) {
			ContainerProperties properties = new ContainerProperties(new TopicPartitionOffset("orders", 0, 0L));
			properties.setShutdownTimeout(20_000);
			properties.setMessageListener((MessageListener<String, String>) (message) -> {
				this.started.countDown();
				try {
					this.closing.await();
					this.answer.complete(client.divide(Integer.parseInt(message.value()), 2));
				}
				catch (Exception ex) {
					this.answer.completeExceptionally(ex);
				}
			});
			return new KafkaMessageListenerContainer<>(new OneRecord(), properties);
		}

	}

	/** Makes consumers that have one record, and need no broker. */
	private static final class OneRecord extends DefaultKafkaConsumerFactory<String, String> {

		OneRecord() {
			super(Map.of());
		}

		@Override
		public Consumer<String, String> createConsumer(String group, String prefix, String suffix,
				java.util.Properties properties) {
			MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
			consumer.updateBeginningOffsets(Map.of(ORDERS, 0L));
			consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>("orders", 0, 0, "key", "84")));
			return consumer;
		}

	}

}
