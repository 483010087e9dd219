package io.scalesrpc.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one call on their way into the producer and to their acknowledgement.
 * States: IDLE to HANDING (somebody hands it over) and back while the producer lacks
 * something, or to GONE (handed over, or withdrawn): what was withdrawn is never sent.
 * <em>Thread-safe</em>; who took it by {@link #take()} hands it over alone.
 */
final class KafkaCall {

	private final Call call;

	private final List<ProducerRecord<byte[], byte[]>> records;

	private final Reachability observations;

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	private final AtomicInteger unacknowledged;

	private final @Nullable RecordMetadata[] written;

	/** How many were handed over. Written by who hands over. */
	private volatile int handed;

	/** How many answers there were when it began, or its first record was handed over. */
	private volatile long answersBefore;

	/** Why the call waits; for the text of its end. */
	private volatile String reason = "";

	/** Who may send or withdraw it. */
	private enum State {

		IDLE, HANDING, GONE

	}

	/** What became of handing over. */
	enum Handover {

		/** The producer has all records, or the call is over. */
		DONE,

		/** The producer has no metadata of the topic. */
		NO_METADATA,

		/** The buffer of the producer is full. */
		NO_ROOM

	}

	KafkaCall(Call call, List<ProducerRecord<byte[], byte[]>> records, Reachability observations) {
		this.call = call;
		this.records = records;
		this.observations = observations;
		this.unacknowledged = new AtomicInteger(records.size());
		this.written = new RecordMetadata[records.size()];
		this.answersBefore = observations.answers();
	}

	Call call() {
		return this.call;
	}

	String topic() {
		return this.records.get(0).topic();
	}

	/** Bytes of all its records, roughly. */
	int size() {
		int size = 0;
		for (ProducerRecord<byte[], byte[]> record : this.records) {
			size += RecordEncoder.size(record);
		}
		return size;
	}

	/** Bytes of the next record, roughly: what the producer needs room for. */
	int next() {
		return RecordEncoder.size(this.records.get(Math.min(this.handed, this.records.size() - 1)));
	}

	/** Claims it for handing over; {@code false} once it was withdrawn. */
	boolean take() {
		return this.state.compareAndSet(State.IDLE, State.HANDING);
	}

	/** Gives it back to wait, unless its call has ended meanwhile. */
	void putBack() {
		this.state.set(State.IDLE);
		if (this.call.isEnded()) {
			withdraw();
		}
	}

	/** Sees to it that nothing more of it is sent; {@code false} if somebody else did. */
	boolean withdraw() {
		return this.state.compareAndSet(State.IDLE, State.GONE);
	}

	String reason() {
		return this.reason;
	}

	void because(String why) {
		this.reason = why;
	}

	/** Ends a call that has waited as long as it could. */
	void expire() {
		if (withdraw()) {
			String why = this.observations.explained(this.reason);
			this.observations.unanswered(this.answersBefore, why);
			fail(Failure.of(FailureKind.NOT_SENT, "not sent in time: " + why));
		}
	}

	/** Ends a call that waits, unless somebody hands it over. */
	void refuse(Failure failure) {
		if (withdraw()) {
			fail(failure);
		}
	}

	/** What holds for one record of a list is not known of the others. */
	private void fail(Failure failure) {
		boolean partly = this.records.size() > 1 && this.handed > 0;
		this.call.end(
				!partly ? failure
						: Failure.of(FailureKind.CONNECTION_LOST,
								"of " + this.records.size() + " records " + this.handed
										+ " were handed over and may be written: " + failure.reason(),
								failure.cause()));
	}

	/**
	 * Hands records over, as far as the producer takes them. Only after {@link #take()}.
	 * @param producer never waits
	 * @return whether there is something left to wait for
	 */
	Handover handOver(Producer<byte[], byte[]> producer) {
		while (this.handed < this.records.size()) {
			if (this.call.isEnded()) {
				break;
			}
			Acknowledgement callback = new Acknowledgement(this.handed, producer);
			Throwable refused = callback.send(this.records.get(this.handed));
			if (refused != null) {
				if (KafkaFailures.mayPass(refused)) {
					this.reason = this.observations.lacking(topic(), refused);
					return lacks(refused);
				}
				this.observations.failed(producer, refused);
				fail(KafkaFailures.refused(topic(), refused));
				break;
			}
			int before = this.handed;
			this.handed = before + 1;
			if (before == 0) {
				this.call.target(this);
				this.observations.attempt();
			}
		}
		this.state.set(State.GONE);
		return Handover.DONE;
	}

	private static Handover lacks(Throwable refused) {
		boolean room = refused instanceof BufferExhaustedException || refused instanceof InterruptException;
		return room ? Handover.NO_ROOM : Handover.NO_METADATA;
	}

	/** The call has ended, by its deadline perhaps: nothing more of it is sent. */
	void ended(Outcome outcome) {
		withdraw();
		if (outcome instanceof Failure failure && failure.kind() == FailureKind.TIMEOUT && this.handed > 0) {
			this.observations.unanswered(this.answersBefore, "no broker acknowledges records of topic " + topic());
		}
	}

	private void acknowledged(int index, RecordMetadata metadata) {
		this.written[index] = metadata;
		if (this.unacknowledged.decrementAndGet() == 0 && !this.call.end(Reply.of(result()))) {
			this.observations.late();
		}
	}

	private @Nullable Object result() {
		KafkaMethodSpec spec = (KafkaMethodSpec) this.call.method();
		return switch (spec.result()) {
			case RECORD -> this.written[0];
			case RECORDS -> Arrays.asList(this.written);
			default -> null;
		};
	}

	/** How a call that failed names where it went. */
	@Override
	public String toString() {
		boolean open = this.handed > 0 && this.unacknowledged.get() > 0;
		return "topic " + topic() + (open ? ", which may still get the record" : "");
	}

	/**
	 * What becomes of one record. <em>Thread-safe</em>.
	 */
	private final class Acknowledgement implements Callback {

		private final int index;

		private final Producer<byte[], byte[]> producer;

		/** The thread that hands over, while it does; other threads see any value. */
		private @Nullable Thread handing;

		private @Nullable Throwable refused;

		Acknowledgement(int index, Producer<byte[], byte[]> producer) {
			this.index = index;
			this.producer = producer;
		}

		/** Why the producer did not take it; {@code null} if it did. */
		@Nullable Throwable send(ProducerRecord<byte[], byte[]> record) {
			if (this.index == 0) {
				KafkaCall.this.answersBefore = KafkaCall.this.observations.answers();
			}
			this.handing = Thread.currentThread();
			try {
				this.producer.send(record, this);
			}
			catch (RuntimeException | Error ex) {
				return ex;
			}
			finally {
				this.handing = null;
			}
			return this.refused;
		}

		@Override
		public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
			if (exception != null && this.handing == Thread.currentThread()) {
				this.refused = exception;
			}
			else if (exception == null && metadata != null) {
				KafkaCall.this.observations.answered();
				acknowledged(this.index, metadata);
			}
			else if (exception != null) {
				KafkaCall.this.unacknowledged.decrementAndGet();
				KafkaCall.this.observations.failed(this.producer, exception);
				fail(KafkaFailures.unacknowledged(topic(), exception));
			}
		}

	}

}
