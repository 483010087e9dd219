package io.scalesrpc.kafka;

import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What calls find out on their way, above all whether brokers answer: nobody asks them
 * for that. A call that ends without an answer counts only if no other was answered
 * meanwhile. <em>Thread-safe</em>.
 */
final class Reachability {

	private final AtomicLong answers = new AtomicLong();

	private final ClientMetrics metrics;

	private final Producers producers;

	private final SendingThread sending;

	private final long bufferMemory;

	private volatile @Nullable Silence silence;

	Reachability(ClientMetrics metrics, Producers producers, SendingThread sending, long bufferMemory) {
		this.metrics = metrics;
		this.producers = producers;
		this.sending = sending;
		this.bufferMemory = bufferMemory;
	}

	/** The first record of a call was handed over. */
	void attempt() {
		this.metrics.count(Event.ATTEMPT);
	}

	/** A broker has answered, whatever it said. */
	void answered() {
		this.answers.incrementAndGet();
		this.producers.works();
		if (this.silence != null) {
			this.silence = null;
		}
	}

	/** How many answers there were so far. */
	long answers() {
		return this.answers.get();
	}

	/** The last acknowledgement of a call came after its end. */
	void late() {
		this.metrics.count(Event.LATE_REPLY);
	}

	/** A call ended for which no broker had said anything. */
	void unanswered(long answersBefore, String reason) {
		if (this.answers.get() == answersBefore) {
			this.silence = new Silence(reason, this.producers.bytesReceived());
			// Perhaps the brokers are others by now.
			this.sending.wake();
		}
	}

	/** Why a call waited in vain, with what is known of the brokers if it is they. */
	String explained(String reason) {
		if (!reason.startsWith(KafkaFailures.NO_ANSWER)) {
			return reason;
		}
		// A connection counts from when it is begun, so bytes alone prove one.
		boolean silent = this.producers.bytesReceived() == 0;
		boolean isKnown = !Double.isNaN(this.producers.value("connection-count", Double.NaN));
		String known = !silent ? "; connected" : isKnown ? "; none of them has said anything" : "";
		return reason + " (brokers " + this.producers.addresses() + known + ")";
	}

	/** A number that changes when the producer of now hears of a broker. */
	double signsOfLife() {
		return this.producers.signsOfLife();
	}

	/** The producer lacks something; returns what, in words. */
	String lacking(String topic, Throwable thrown) {
		if (thrown.getCause() != null && !(thrown instanceof BufferExhaustedException)) {
			// What is wrong with a topic only a broker can have said.
			answered();
		}
		return KafkaFailures.lacking(topic, thrown, this.bufferMemory);
	}

	/** The producer, or a broker, refused a record or gave it up. */
	void failed(Producer<byte[], byte[]> producer, Throwable thrown) {
		if (!(thrown instanceof TimeoutException) && !(thrown instanceof NetworkException)
				&& !KafkaFailures.isFatal(thrown)) {
			answered();
		}
		if (KafkaFailures.isFatal(thrown)) {
			this.producers.hasFailed(producer);
			this.sending.execute(() -> this.producers.giveUp(producer, String.valueOf(thrown.getMessage())));
			this.sending.wake();
		}
	}

	/**
	 * What is the matter.
	 * @return {@code null} if brokers answer, or nobody knows
	 */
	@Nullable String problem() {
		Silence last = this.silence;
		return (last != null && this.producers.bytesReceived() <= last.bytesReceived) ? last.reason : null;
	}

	/**
	 * What was known when nobody answered. <em>Immutable</em>.
	 *
	 * @param reason what is known of it
	 * @param bytesReceived what the producer had received
	 */
	private record Silence(String reason, double bytesReceived) {
	}

}
