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
 * Whether brokers answer, as calls find out: nobody asks them for that. A call that ends
 * without an answer counts only if no other was answered meanwhile. <em>Thread-safe</em>.
 */
final class Reachability implements Observations {

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

	@Override
	public void attempt() {
		this.metrics.count(Event.ATTEMPT);
	}

	@Override
	public void answered() {
		this.answers.incrementAndGet();
		this.producers.works();
		if (this.silence != null) {
			this.silence = null;
		}
	}

	@Override
	public long answers() {
		return this.answers.get();
	}

	@Override
	public void late() {
		this.metrics.count(Event.LATE_REPLY);
	}

	@Override
	public void unanswered(long answersBefore, String reason) {
		if (this.answers.get() == answersBefore) {
			this.silence = new Silence(reason, this.producers.bytesReceived());
			// Perhaps the brokers are others by now.
			this.sending.wake();
		}
	}

	@Override
	public String lacking(String topic, Throwable thrown) {
		if (thrown.getCause() != null && !(thrown instanceof BufferExhaustedException)) {
			// What is wrong with a topic only a broker can have said.
			answered();
		}
		return KafkaFailures.lacking(topic, thrown, this.bufferMemory);
	}

	@Override
	public void failed(Producer<byte[], byte[]> producer, Throwable thrown) {
		if (!(thrown instanceof TimeoutException) && !(thrown instanceof NetworkException)
				&& !KafkaFailures.isFatal(thrown)) {
			answered();
		}
		if (KafkaFailures.isFatal(thrown)) {
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
