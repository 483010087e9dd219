package io.scalesrpc.redis.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.redis.connection.Exchange.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Hands commands to the channel: those of one turn of the event loop together, each batch
 * followed by what proves its replies. Keeps them back while the server reads too slowly,
 * so that one that is given up need not be sent at all. <em>Confined to the connection's
 * event loop</em>.
 */
final class CommandWriter {

	/** The first command of a batch waits for the reply to its last. */
	private static final int MAX_BATCH = 64;

	private final Channel channel;

	private final SessionTerms terms;

	private final Pending pending;

	private final Supplier<Exchange> proofs;

	private final ArrayDeque<Exchange> queue = new ArrayDeque<>();

	private final Runnable flush = this::flush;

	private long queuedBytes;

	private boolean flushScheduled;

	/**
	 * Creates a writer.
	 * @param channel where commands go
	 * @param terms limits and metrics
	 * @param pending keeps what was sent
	 * @param proofs makes what follows a batch
	 */
	CommandWriter(Channel channel, SessionTerms terms, Pending pending, Supplier<Exchange> proofs) {
		this.channel = channel;
		this.terms = terms;
		this.pending = pending;
		this.proofs = proofs;
	}

	/** Takes a command; null, or why it does not. */
	@Nullable String add(Exchange exchange) {
		int limit = this.terms.limits().maxWriteQueueBytes();
		if (this.queuedBytes > 0 && this.queuedBytes + exchange.size() > limit) {
			return "bytes queued for a slow reader: " + this.queuedBytes + " (expected: <= " + limit + ")";
		}
		this.queuedBytes += exchange.size();
		this.pending.queued(exchange);
		this.queue.add(exchange);
		schedule();
		return null;
	}

	/** Sends a command of the session itself now, whatever waits. */
	void write(Exchange own) {
		write(List.of(own));
		schedule();
	}

	/** Goes on writing; called again whenever the channel has become writable. */
	void flush() {
		this.flushScheduled = false;
		while (this.channel.isWritable() && !this.queue.isEmpty()) {
			writeBatch();
		}
		this.channel.flush();
	}

	/** Lets go of what waits: it was not sent. */
	void close(String reason, @Nullable Throwable cause) {
		for (Exchange next = this.queue.poll(); next != null; next = this.queue.poll()) {
			this.pending.giveBack(next, reason, cause);
		}
	}

	private void schedule() {
		if (!this.flushScheduled) {
			this.flushScheduled = true;
			this.channel.eventLoop().execute(this.flush);
		}
	}

	private void writeBatch() {
		List<Exchange> batch = new ArrayList<>(Math.min(this.queue.size(), MAX_BATCH) + 1);
		while (!this.queue.isEmpty() && batch.size() < MAX_BATCH) {
			Exchange next = this.queue.remove();
			this.queuedBytes -= next.size();
			if (next.phase == Phase.QUEUED) {
				batch.add(next);
			}
		}
		if (!batch.isEmpty()) {
			if (this.terms.settings().verifyReplies()) {
				batch.add(this.proofs.get());
			}
			write(batch);
		}
	}

	/** Lettuce takes a list, encodes it into one buffer and queues its commands. */
	private void write(List<Exchange> batch) {
		long bytes = 0;
		for (Exchange exchange : batch) {
			this.pending.sent(exchange);
			bytes += exchange.size();
		}
		this.terms.metrics().count(Event.BYTES_SENT, bytes);
		this.channel.write(batch, this.channel.voidPromise());
	}

}
