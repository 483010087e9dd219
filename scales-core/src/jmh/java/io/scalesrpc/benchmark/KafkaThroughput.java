package io.scalesrpc.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.kafka.KafkaCluster;
import io.scalesrpc.kafka.ScalesKafkaClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Records a second: a plain KafkaProducer and Scales with both ways of delivering
 * callbacks, one after the other, several rounds of it, so that the machine's mood meets
 * them all; as many records are unacknowledged at a time with each. Run by
 * {@code src/jmh/kafka.sh}. <em>Stateless</em>.
 */
public final class KafkaThroughput {

	private static final String TOPIC = "throughput";

	private KafkaThroughput() {
	}

	/** Sends a record, and says when it is acknowledged. */
	@FunctionalInterface
	private interface Sender {

		void send(byte[] value, Runnable acknowledged);

	}

	/**
	 * Runs the comparison.
	 * @param args records of a round, rounds, bytes of a record, unacknowledged at most,
	 * brokers
	 */
	public static void main(String[] args) throws Exception {
		int records = Integer.parseInt(args[0]);
		byte[] value = new byte[Integer.parseInt(args[2])];
		int window = Integer.parseInt(args[3]);
		try (KafkaCluster cluster = KafkaCluster.start(Integer.parseInt(args[4]));
				KafkaProducer<byte[], byte[]> plain = plain(cluster);
				ClientHandle<ScalesKafkaClient> executor = scales(cluster, Callbacks.EXECUTOR);
				ClientHandle<ScalesKafkaClient> inPlace = scales(cluster, Callbacks.EVENT_LOOP)) {
			cluster.topic(TOPIC, 3);
			Map<String, Sender> senders = new LinkedHashMap<>();
			senders.put("plain", (bytes, done) -> plain.send(new ProducerRecord<>(TOPIC, bytes), (m, ex) -> done.run()));
			senders.put("scales-event-loop", of(inPlace.proxy()));
			senders.put("scales-executor", of(executor.proxy()));
			senders.values().forEach((sender) -> run(sender, records, value, window));
			Map<String, List<Double>> rates = new LinkedHashMap<>();
			for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
				for (Map.Entry<String, Sender> sender : senders.entrySet()) {
					double rate = run(sender.getValue(), records, value, window);
					rates.computeIfAbsent(sender.getKey(), (key) -> new ArrayList<>()).add(rate);
					System.out.printf("round %d %-18s %9.0f records/s%n", round, sender.getKey(), rate);
				}
			}
			report(rates);
		}
		System.exit(0);
	}

	private static void report(Map<String, List<Double>> rates) {
		double plain = median(rates.get("plain"));
		rates.forEach((name, all) -> System.out.printf("median %-18s %9.0f records/s, %+.1f %%%n", name, median(all),
				100 * (median(all) / plain - 1)));
	}

	private static double median(List<Double> values) {
		List<Double> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		return sorted.get(sorted.size() / 2);
	}

	private static Sender of(ScalesKafkaClient client) {
		return (bytes, done) -> client.putAsync(TOPIC, bytes).whenComplete((metadata, ex) -> done.run());
	}

	private static double run(Sender sender, int records, byte[] value, int window) {
		Semaphore free = new Semaphore(window);
		AtomicInteger acknowledged = new AtomicInteger();
		Runnable done = () -> {
			acknowledged.incrementAndGet();
			free.release();
		};
		long start = System.nanoTime();
		for (int i = 0; i < records; i++) {
			free.acquireUninterruptibly();
			sender.send(value, done);
		}
		free.acquireUninterruptibly(window);
		return records * 1e9 / (System.nanoTime() - start);
	}

	/** With the settings of Scales where those of Kafka are others. */
	private static KafkaProducer<byte[], byte[]> plain(KafkaCluster cluster) {
		Map<String, Object> settings = Map.of("bootstrap.servers", cluster.bootstrapServers(),
				"partitioner.availability.timeout.ms", 500);
		return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
	}

	private static ClientHandle<ScalesKafkaClient> scales(KafkaCluster cluster, Callbacks callbacks) {
		return ScalesClients.builder(ScalesKafkaClient.class)
			.name(callbacks.name())
			.protocol("kafka")
			.uri(cluster.uri())
			.timeout(Duration.ofMinutes(1))
			.callbacks(callbacks)
			.build();
	}

}
