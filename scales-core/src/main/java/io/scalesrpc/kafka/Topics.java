package io.scalesrpc.kafka;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import io.scalesrpc.call.Failure;
import io.scalesrpc.time.Ticker;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a client sends to. <em>Thread-safe</em>; rounds are made on one thread.
 */
final class Topics {

	private final KafkaSettings settings;

	private final Reachability observations;

	private final Ticker ticker;

	private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();

	/** What waits in all topics. */
	private final AtomicLong bytes = new AtomicLong();

	Topics(KafkaSettings settings, Reachability observations, Ticker ticker) {
		this.settings = settings;
		this.observations = observations;
		this.ticker = ticker;
	}

	/**
	 * Hands a call over on this thread, or lets it wait.
	 * @return {@code false} if it is over or handed over, and nobody need look after it
	 */
	boolean send(KafkaCall call, @Nullable Producer<byte[], byte[]> producer) {
		Topic topic = topic(call.topic());
		if (producer != null && topic.handOver(call, producer)) {
			return false;
		}
		while (!topic.add(call)) {
			topic = topic(call.topic());
		}
		return !call.call().isEnded();
	}

	private Topic topic(String name) {
		Topic found = this.topics.get(name);
		return (found != null) ? found
				: this.topics.computeIfAbsent(name, (key) -> new Topic(key, this.settings, this.bytes, this.ticker));
	}

	/** Tells all that wait why. */
	void because(String reason) {
		this.topics.values().forEach((topic) -> topic.because(reason));
	}

	/**
	 * Hands over what waits, as far as it can be; no topic waits for another.
	 * @param producer never waits
	 * @param room how many bytes its buffer has room for; not a number if nobody knows
	 */
	void round(Producer<byte[], byte[]> producer, DoubleSupplier room) {
		for (Topic topic : this.topics.values()) {
			if (topic.waiting() > 0) {
				topic.round(producer, room, this.observations);
			}
			if (!topic.isKnown() && topic.retire()) {
				// Names that no cluster knows must not pile up.
				this.topics.remove(topic.name(), topic);
			}
		}
	}

	/** How many calls wait. */
	int waiting() {
		int sum = 0;
		for (Topic topic : this.topics.values()) {
			sum += Math.max(0, topic.waiting());
		}
		return sum;
	}

	long waitingBytes() {
		return this.bytes.get();
	}

	/** The names of the topics that the cluster has told of. */
	List<String> known() {
		return this.topics.values().stream().filter(Topic::isKnown).map(Topic::name).sorted().toList();
	}

	void refuseAll(Failure failure) {
		this.topics.values().forEach((topic) -> topic.refuseAll(failure));
	}

}
