package io.scalesrpc.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What an operator sees of a client: brokers, topics in use, buffers. From what the
 * producer has at hand; nobody is asked. <em>Stateless</em>.
 */
final class KafkaDetails {

	private KafkaDetails() {
	}

	static Map<String, Object> of(Producers producers, Topics topics) {
		Map<Integer, Object> brokers = new TreeMap<>();
		Map<String, Object> inUse = new LinkedHashMap<>();
		Producer<byte[], byte[]> producer = producers.current();
		if (producer != null) {
			topics.known().forEach((topic) -> addTopic(producer, topic, inUse, brokers));
		}
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("kafkaClients", AppInfoParser.getVersion());
		details.put("brokers", List.copyOf(brokers.values()));
		details.put("topics", inUse);
		details.put("buffer", Map.of("total", number(producers, "buffer-total-bytes"), "available",
				number(producers, "buffer-available-bytes")));
		details.put("requestsInFlight", number(producers, "requests-in-flight"));
		details.put("connections", number(producers, "connection-count"));
		details.put("waiting", Map.of("calls", topics.waiting(), "bytes", topics.waitingBytes()));
		return details;
	}

	private static long number(Producers producers, String metric) {
		return (long) producers.value(metric, 0);
	}

	private static void addTopic(Producer<byte[], byte[]> producer, String topic, Map<String, Object> topics,
			Map<Integer, Object> brokers) {
		try {
			List<Map<String, Object>> partitions = new ArrayList<>();
			for (PartitionInfo partition : producer.partitionsFor(topic)) {
				for (Node replica : partition.replicas()) {
					brokers.put(replica.id(), broker(replica));
				}
				Node leader = partition.leader();
				partitions.add(Map.of("partition", partition.partition(), "leader",
						(leader != null) ? leader.host() + ":" + leader.port() : "none", "inSync",
						partition.inSyncReplicas().length + " of " + partition.replicas().length));
			}
			topics.put(topic, partitions);
		}
		catch (KafkaException ex) {
			// The producer forgets topics that nobody sends to.
			topics.put(topic, List.of());
		}
	}

	private static Map<String, Object> broker(Node node) {
		Map<String, Object> broker = new LinkedHashMap<>();
		broker.put("id", node.id());
		broker.put("address", node.host() + ":" + node.port());
		if (node.rack() != null) {
			broker.put("rack", node.rack());
		}
		return broker;
	}

}
