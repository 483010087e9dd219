package io.scalesrpc.kafka;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Ticker;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * When the producer is asked again where a topic is. Once asked, it goes on finding out
 * by itself, with its own back-off; asking only wakes it, and one that is woken while it
 * has no connection begins with its brokers anew and writes that into the log each time.
 * So it is asked for a while after it has heard something, and else now and then.
 * <em>Confined to the client's sending thread</em>.
 */
final class Question {

	/** What came is counted before it is read. */
	private static final long WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Ticker ticker;

	private @Nullable Producer<?, ?> asked;

	private double signs;

	private long changedNanos;

	private long askedNanos;

	Question(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Whether to ask now; if so, that is noted.
	 * @param producer who would be asked
	 * @param signsOfLife what that has heard of brokers so far, as a number that changes
	 */
	boolean isDue(Producer<?, ?> producer, double signsOfLife) {
		long now = this.ticker.nanos();
		boolean first = producer != this.asked;
		if (first) {
			this.asked = producer;
			this.changedNanos = now - WHILE_NANOS;
		}
		else if (signsOfLife != this.signs) {
			this.changedNanos = now;
		}
		this.signs = signsOfLife;
		boolean due = first || now - this.changedNanos < WHILE_NANOS || now - this.askedNanos >= AGAIN_NANOS;
		this.askedNanos = due ? now : this.askedNanos;
		return due;
	}

}
