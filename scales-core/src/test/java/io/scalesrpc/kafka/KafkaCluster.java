package io.scalesrpc.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.testing.LeakCheckExtension;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real brokers in this JVM, by Kafka's own test kit, with a controller of their own: any
 * of them can be killed and the others go on. Its threads are in a group that leak checks
 * leave alone. <em>Thread-safe</em>.
 */
public final class KafkaCluster implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(KafkaCluster.class);

	private static final AtomicReference<KafkaCluster> SHARED = new AtomicReference<>();

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final KafkaClusterTestKit kit;

	private KafkaCluster(KafkaClusterTestKit kit) {
		this.kit = kit;
	}

	/**
	 * One broker that all tests of this JVM share, and that nobody kills; the kit takes
	 * its files away.
	 */
	public static synchronized KafkaCluster shared() {
		KafkaCluster made = SHARED.get();
		if (made == null) {
			made = start(1);
			SHARED.set(made);
		}
		return made;
	}

	/** Starts brokers. */
	public static KafkaCluster start(int brokers) {
		// The kit takes files away while the JVM ends; a broker that still runs would end
		// it with an error then, after the last test.
		Exit.setHaltProcedure((code, message) -> logger.warn("a broker would end the JVM with {}: {}", code, message));
		return apart(() -> {
			TestKitNodes nodes = new TestKitNodes.Builder().setNumControllerNodes(1)
				.setNumBrokerNodes(brokers)
				.setCombined(false)
				.build();
			KafkaClusterTestKit kit = new KafkaClusterTestKit.Builder(nodes)
				.setConfigProp("auto.create.topics.enable", "false")
				.setConfigProp("offsets.topic.replication.factor", "1")
				.setConfigProp("min.insync.replicas", (brokers > 2) ? "2" : "1")
				// A broker that is killed does not hand its partitions over first.
				.setConfigProp("controlled.shutdown.enable", "false")
				.setConfigProp("broker.session.timeout.ms", "3000")
				.setConfigProp("broker.heartbeat.interval.ms", "500")
				.build();
			kit.format();
			kit.startup();
			kit.waitForReadyBrokers();
			return new KafkaCluster(kit);
		});
	}

	/** What takes long, and what may fail. */
	private interface Task<T> {

		T run() throws Exception;

	}

	/** New threads are of the group of the thread that makes them. */
	private static <T> T apart(Task<T> task) {
		CompletableFuture<T> done = new CompletableFuture<>();
		ThreadGroup group = new ThreadGroup(LeakCheckExtension.SHARED_SERVERS);
		new Thread(group, () -> {
			try {
				done.complete(task.run());
			}
			catch (Exception ex) {
				done.completeExceptionally(ex);
			}
		}, "kafka-cluster").start();
		return done.join();
	}

	/** Where the brokers are, as a client's {@code uri}. */
	public String uri() {
		return "tcp://" + bootstrapServers();
	}

	/** Where the brokers are, as Kafka has it. */
	public String bootstrapServers() {
		return this.kit.bootstrapServers();
	}

	/** Makes a topic, with a copy on every broker, and waits until its leaders lead. */
	public void topic(String name, int partitions) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
			admin.createTopics(List.of(new NewTopic(name, partitions, (short) this.kit.brokers().size()))).all().get();
			Map<TopicPartition, OffsetSpec> all = new HashMap<>();
			for (int i = 0; i < partitions; i++) {
				all.put(new TopicPartition(name, i), OffsetSpec.latest());
			}
			long start = System.nanoTime();
			while (!isLed(admin, all)) {
				if (System.nanoTime() - start > PATIENCE.toNanos()) {
					throw new IllegalStateException("topic " + name + ": no leaders within " + PATIENCE);
				}
				LockSupport.parkNanos(5_000_000);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A broker may not have heard of a topic that another one has made. */
	private static boolean isLed(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
		try {
			return !admin.listOffsets(partitions).all().get().isEmpty();
		}
		catch (ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The ids of the brokers. */
	public List<Integer> brokers() {
		return List.copyOf(this.kit.brokers().keySet());
	}

	/** Ends a broker without a word to the others. */
	public void kill(int id) {
		apart(() -> {
			BrokerServer broker = this.kit.brokers().get(id);
			broker.shutdown();
			broker.awaitShutdown();
			return id;
		});
	}

	/** Starts a broker again, with its log, on its port. */
	public void restart(int id) {
		apart(() -> {
			this.kit.brokers().get(id).startup();
			return id;
		});
	}

	/** Reads a topic from its beginning to its end of now. */
	public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
		Properties settings = new Properties();
		settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((info) -> new TopicPartition(topic, info.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(Duration.ofMillis(100)).forEach(records::add);
			}
		}
		return records;
	}

	/** The values of a topic as texts. */
	public List<String> texts(String topic) {
		return read(topic).stream().map((record) -> new String(record.value(), StandardCharsets.UTF_8)).toList();
	}

	@Override
	public void close() {
		apart(() -> {
			this.kit.close();
			return true;
		});
	}

}
