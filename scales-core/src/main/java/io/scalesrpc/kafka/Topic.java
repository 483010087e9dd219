package io.scalesrpc.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.OwnObserver;
import io.scalesrpc.kafka.KafkaCall.Handover;
import io.scalesrpc.time.Ticker;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;

/**
 * A topic that records are sent to, with the calls that wait for what the producer lacks.
 * As long as one waits, all that come later wait behind it, so that records keep their
 * order. <em>Thread-safe</em>; rounds are made on one thread.
 */
final class Topic {

	/** What a waiting call takes beside its records. */
	private static final int OVERHEAD = 512;

	/** So far below zero that nobody who comes at the same moment makes it positive. */
	private static final int RETIRED = Integer.MIN_VALUE / 2;

	private final String name;

	private final KafkaSettings settings;

	/** Bytes that wait in all topics of the client. */
	private final AtomicLong waitingBytes;

	private final ConcurrentSkipListMap<Long, KafkaCall> queue = new ConcurrentSkipListMap<>();

	private final AtomicLong places = new AtomicLong();

	/** Calls that are in the queue, or on their way into it or out of it. */
	private final AtomicInteger waiting = new AtomicInteger();

	private final Question question;

	private volatile boolean known;

	private volatile String reason = "the producer is being made";

	Topic(String name, KafkaSettings settings, AtomicLong waitingBytes, Ticker ticker) {
		this.question = new Question(ticker);
		this.name = name;
		this.settings = settings;
		this.waitingBytes = waitingBytes;
	}

	String name() {
		return this.name;
	}

	/** Whether the producer has had metadata of it. */
	boolean isKnown() {
		return this.known;
	}

	int waiting() {
		return this.waiting.get();
	}

	/** Why calls wait, for those that wait now and those to come. */
	void because(String why) {
		this.reason = why;
		this.queue.values().forEach((call) -> call.because(why));
	}

	/**
	 * Hands a call over on this thread, if that takes no waiting.
	 * @return {@code false} if it must wait
	 */
	boolean handOver(KafkaCall call, Producer<byte[], byte[]> producer) {
		if (!this.known || this.waiting.get() != 0 || !call.take()) {
			return false;
		}
		return take(call, producer);
	}

	private boolean take(KafkaCall taken, Producer<byte[], byte[]> producer) {
		Handover result = taken.handOver(producer);
		if (result == Handover.DONE) {
			return true;
		}
		if (result == Handover.NO_METADATA) {
			this.known = false;
		}
		because(taken.reason());
		taken.putBack();
		return false;
	}

	/**
	 * Lets a call wait, or ends it if too much waits.
	 * @return {@code false} if the topic was retired: there is another by now
	 */
	boolean add(KafkaCall call) {
		int calls = this.waiting.incrementAndGet();
		if (calls < 0) {
			this.waiting.decrementAndGet();
			return false;
		}
		int size = call.size() + OVERHEAD;
		long bytes = this.waitingBytes.addAndGet(size);
		if (calls > this.settings.waiting().calls() || bytes > this.settings.waiting().bytes()) {
			left(size);
			call.refuse(Failure.of(FailureKind.NOT_SENT, full(calls, bytes) + ": " + this.reason));
			return true;
		}
		Long place = this.places.getAndIncrement();
		call.because(this.reason);
		this.queue.put(place, call);
		call.call().onOutcome(new Place(place, call));
		return true;
	}

	private String full(int calls, long bytes) {
		KafkaSettings.Waiting limits = this.settings.waiting();
		return (calls > limits.calls())
				? "calls waiting for topic " + this.name + ": " + (calls - 1) + " (expected: fewer than "
						+ limits.calls() + ", kafka.waiting-calls)"
				: "bytes waiting for topics: " + bytes + " (expected: at most " + limits.bytes()
						+ ", kafka.waiting-memory)";
	}

	private void remove(Long place, KafkaCall call) {
		if (this.queue.remove(place) != null) {
			left(call.size() + OVERHEAD);
		}
	}

	private void left(int size) {
		this.waitingBytes.addAndGet(-size);
		this.waiting.decrementAndGet();
	}

	/**
	 * Hands over what waits, as far as the producer takes it.
	 * @param producer never waits
	 * @param room how many bytes its buffer has room for
	 * @param observations told what it lacks
	 */
	void round(Producer<byte[], byte[]> producer, DoubleSupplier room, Reachability observations) {
		Map.Entry<Long, KafkaCall> first = this.queue.firstEntry();
		while (first != null && (this.known || learn(producer, observations))) {
			KafkaCall call = first.getValue();
			if (room.getAsDouble() < Math.max(call.next(), this.settings.batching().batchSize())) {
				because(observations.lacking(this.name, new BufferExhaustedException("full")));
				return;
			}
			if (call.take() && !take(call, producer)) {
				return;
			}
			// Only now, so that nobody overtakes a call that is being handed over.
			remove(first.getKey(), call);
			first = this.queue.firstEntry();
		}
	}

	/** Asks for the metadata; it comes while others do something else. */
	private boolean learn(Producer<byte[], byte[]> producer, Reachability observations) {
		if (!this.question.isDue(producer, observations.signsOfLife())) {
			return false;
		}
		try {
			producer.partitionsFor(this.name);
			this.known = true;
		}
		catch (RuntimeException ex) {
			if (KafkaFailures.mayPass(ex)) {
				because(observations.lacking(this.name, ex));
				return false;
			}
			observations.failed(producer, ex);
			if (!KafkaFailures.isFailed(ex)) {
				refuseAll(KafkaFailures.refused(this.name, ex));
			}
		}
		return this.known;
	}

	/** Ends a topic that nobody waits for; {@code false} if somebody does. */
	boolean retire() {
		return this.waiting.compareAndSet(0, RETIRED);
	}

	/** Ends what waits. */
	void refuseAll(Failure failure) {
		this.queue.values().forEach((call) -> call.refuse(failure));
	}

	/** A place in the queue, until the call ends. <em>Thread-safe</em>. */
	private final class Place extends OwnObserver {

		private final Long number;

		private final KafkaCall waiting;

		Place(Long number, KafkaCall waiting) {
			this.number = number;
			this.waiting = waiting;
		}

		@Override
		protected void expired(Call call) {
			this.waiting.expire();
		}

		@Override
		public void ended(Call call, Outcome outcome) {
			remove(this.number, this.waiting);
		}

	}

}
