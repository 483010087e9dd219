package io.scalesrpc.demo.kafka;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.kafka.TopicReader.Seen;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the page {@code kafka.html} asks for. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/kafka")
class KafkaController {

	private static final int MAX_ORDERS = 20_000;

	private static final int CUSTOMERS = 20;

	private final OrderEvents events;

	private final TopicReader reader;

	private final @Nullable Broker broker;

	private final AtomicInteger number = new AtomicInteger();

	KafkaController(OrderEvents events, TopicReader reader, ObjectProvider<Broker> broker) {
		this.events = events;
		this.reader = reader;
		this.broker = broker.getIfAvailable();
	}

	/** Whether there is a broker, and whether it runs. */
	@GetMapping("/broker")
	Map<String, Boolean> broker() {
		return Map.of("enabled", this.broker != null, "running", isRunning());
	}

	private boolean isRunning() {
		return this.broker != null && this.broker.isRunning();
	}

	@PostMapping("/broker")
	Map<String, Boolean> broker(@RequestParam boolean running) {
		if (this.broker != null && running) {
			this.broker.start();
		}
		else if (this.broker != null) {
			this.broker.stop();
		}
		return broker();
	}

	/** Sends orders, all at once, and says how their calls ended. */
	@PostMapping("/orders")
	SortedMap<String, Integer> orders(@RequestParam(defaultValue = "100") int count) {
		List<CompletableFuture<String>> ends = IntStream.range(0, Math.max(1, Math.min(count, MAX_ORDERS)))
			.map((i) -> this.number.incrementAndGet())
			.mapToObj((next) -> this.events.placed("customer-" + next % CUSTOMERS, new Order(next, "anvil"), "demo")
				.handle(KafkaController::end))
			.toList();
		SortedMap<String, Integer> counts = new TreeMap<>();
		ends.forEach((end) -> counts.merge(end.join(), 1, Integer::sum));
		return counts;
	}

	private static String end(@Nullable RecordMetadata written, @Nullable Throwable thrown) {
		if (thrown == null) {
			return "written";
		}
		return (thrown instanceof ScalesException failure) ? failure.kind() + ": " + failure.reason()
				: thrown.toString();
	}

	/** Nobody waits for a click. */
	@PostMapping("/clicks")
	void click(@RequestParam(defaultValue = "anvil") String item) {
		this.events.clicked(item);
	}

	/** What a consumer reads; nothing while there is no topic, or nobody to ask. */
	@GetMapping("/records")
	List<Seen> records(@RequestParam(defaultValue = "orders") String topic) {
		if (!isRunning()) {
			return List.of();
		}
		try {
			return this.reader.last(topic);
		}
		catch (KafkaException ex) {
			return List.of();
		}
	}

}
