package io.scalesrpc.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.Internal;
import io.scalesrpc.call.StreamingReply;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A body between its connection and its reader: asks for bytes when the reader wants a
 * part and there is none, and holds what one read brought. <em>Thread-safe</em>: what is
 * wanted is noted on any thread, and done by one at a time, as a rule the event loop;
 * {@link #add}, {@link #complete} and {@link #fail} are <em>confined to the connection's
 * event loop</em>.
 */
@Internal
public final class ResponseStream implements StreamedBody, StreamingReply, Flow.Subscription {

	private final PartSource source;

	private final BodyBuffer bodyBuffer;

	private final IdleLimit idle;

	private final Reader reader = new Reader();

	private final HeldBody heldBody = new HeldBody();

	/** Whoever makes it one works until it is zero again. */
	private final AtomicInteger work = new AtomicInteger();

	/** Why nobody wants the rest, once nobody does. */
	private final AtomicReference<@Nullable Throwable> abandoned = new AtomicReference<>();

	/** How it ended, once nothing more can come. */
	private volatile @Nullable End end;

	/**
	 * The end of a body. <em>Immutable</em>.
	 *
	 * @param failure why it is not complete, or null if it is
	 */
	private record End(@Nullable Throwable failure) {
	}

	/**
	 * Creates a body of which nothing came yet.
	 * @param source where the parts come from
	 * @param contentEncoding how they are packed
	 * @param timer wakes it when nothing happens
	 * @param ticker tells the time
	 * @param idleLimit how long neither a part need come nor one be asked for; more than
	 * zero
	 */
	public ResponseStream(PartSource source, ContentEncoding contentEncoding, Timer timer, Ticker ticker,
			Duration idleLimit) {
		this.source = source;
		this.bodyBuffer = new BodyBuffer(contentEncoding);
		this.idle = new IdleLimit(timer, ticker, idleLimit.toNanos(), () -> giveUp(idleReason(idleLimit)));
	}

	/** The connection begins to hold it. */
	public void begin() {
		this.idle.start();
	}

	private String idleReason(Duration limit) {
		return (this.reader.wants() ? "no more of the body came within " : "nobody read the body for ")
				+ limit.toMillis() + " ms";
	}

	/**
	 * Some of the body came.
	 * @param part the bytes, which belong to this from now on; if there are none, more is
	 * asked for again, since nothing else would
	 */
	public void add(byte[] part) {
		if (this.end == null && this.abandoned.get() == null) {
			if (part.length > 0) {
				this.bodyBuffer.add(part);
			}
			work();
		}
	}

	/** All of the body came. */
	public void complete() {
		end(null);
	}

	/**
	 * There will be no more of it. What came before can still be read.
	 * @param cause why
	 */
	public void fail(IOException cause) {
		end(cause);
	}

	private void end(@Nullable IOException failure) {
		if (this.end == null) {
			this.end = new End(failure);
			this.idle.stop();
			this.heldBody.end();
			work();
		}
	}

	@Override
	public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
		if (this.reader.begin(subscriber, this)) {
			workThere();
		}
	}

	@Override
	public InputStream inputStream() {
		BodyInputStream stream = new BodyInputStream();
		subscribe(stream);
		return stream;
	}

	@Override
	public void request(long n) {
		if (n > 0) {
			this.reader.request(n);
			workThere();
		}
		else {
			abandon(new IllegalArgumentException("request: " + n + " (expected: 1 or more)"));
		}
	}

	@Override
	public void cancel() {
		this.reader.cancel();
		abandon(new IOException("the body was cancelled by its reader"));
	}

	@Override
	public void close() {
		giveUp("the body was closed before its end");
	}

	@Override
	public void giveUp(String reason) {
		abandon(new IOException(reason));
	}

	private void abandon(Throwable why) {
		if (this.abandoned.compareAndSet(null, why)) {
			workThere();
		}
	}

	@Override
	public boolean isOver() {
		return this.heldBody.isOver();
	}

	@Override
	public void onOver(Runnable listener) {
		this.heldBody.onOver(listener);
	}

	private void workThere() {
		if (this.work.getAndIncrement() == 0) {
			this.source.execute(this::passes);
		}
	}

	private void work() {
		if (this.work.getAndIncrement() == 0) {
			passes();
		}
	}

	private void passes() {
		int todo = this.work.get();
		while (todo != 0) {
			this.idle.touch();
			pass();
			todo = this.work.addAndGet(-todo);
		}
	}

	private void pass() {
		if (this.abandoned.get() == null) {
			try {
				deliver();
			}
			catch (Throwable ex) {
				this.abandoned.compareAndSet(null, ex);
			}
		}
		Throwable why = this.abandoned.get();
		if (why != null) {
			drop(why);
		}
	}

	private void deliver() throws IOException {
		while (this.reader.wants() && this.bodyBuffer.isReady()) {
			this.reader.next(this.bodyBuffer.take());
		}
		End seen = this.end;
		if (seen == null && this.reader.wants()) {
			this.source.more();
		}
		else if (seen != null && this.reader.isPresent() && !this.bodyBuffer.isReady()) {
			if (seen.failure() == null) {
				this.bodyBuffer.end();
			}
			this.reader.end(seen.failure());
		}
	}

	private void drop(Throwable why) {
		boolean held = this.end == null;
		this.end = new End(why);
		this.bodyBuffer.clear();
		if (held) {
			this.idle.stop();
			this.source.giveUp();
			this.heldBody.end();
		}
		this.reader.end(why);
	}

}
