package io.scalesrpc.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.scalesrpc.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * A body as a stream of bytes: its parts are fetched a few ahead, and whoever reads waits
 * for them. <em>Thread-safe</em> as far as its parts and its end go; one thread at a time
 * reads.
 */
final class BodyInputStream extends InputStream implements Flow.Subscriber<ByteBuffer> {

	/** More would cost memory, fewer a wait for every part. */
	static final int PARTS_AHEAD = 4;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Queue<ByteBuffer> arrived = new ArrayDeque<>();

	private ByteBuffer current = ByteBuffer.allocate(0);

	private Flow.@Nullable Subscription subscription;

	private boolean over;

	private @Nullable Throwable failure;

	@Override
	public void onSubscribe(Flow.Subscription given) {
		this.subscription = given;
		given.request(PARTS_AHEAD);
	}

	@Override
	public void onNext(ByteBuffer part) {
		change(() -> this.arrived.add(part));
	}

	@Override
	public void onError(Throwable cause) {
		end(cause);
	}

	@Override
	public void onComplete() {
		end(null);
	}

	private void end(@Nullable Throwable cause) {
		change(() -> {
			if (!this.over) {
				this.over = true;
				this.failure = cause;
			}
		});
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int read() throws IOException {
		return awaitBytes() ? this.current.get() & 0xFF : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (!awaitBytes()) {
			return -1;
		}
		int bytes = Math.min(length, this.current.remaining());
		this.current.get(target, offset, bytes);
		return bytes;
	}

	/** What can be read without a wait. */
	@Override
	public int available() {
		this.lock.lock();
		try {
			return this.current.remaining() + this.arrived.stream().mapToInt(ByteBuffer::remaining).sum();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether there is a byte to read; not so at the end of the body. */
	private boolean awaitBytes() throws IOException {
		while (!this.current.hasRemaining()) {
			ByteBuffer next = next();
			if (next == null) {
				return false;
			}
			this.current = next;
			if (this.subscription != null) {
				this.subscription.request(1);
			}
		}
		return true;
	}

	/** The connection is told that the reader gives up when no lock is held any more. */
	private @Nullable ByteBuffer next() throws IOException {
		try {
			return awaitPart();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			close();
			throw new InterruptedIOException("interrupted while the body was read");
		}
	}

	private @Nullable ByteBuffer awaitPart() throws IOException, InterruptedException {
		this.lock.lock();
		try {
			while (this.arrived.isEmpty() && !this.over) {
				refuseToBlock();
				this.changed.await();
			}
			if (this.arrived.isEmpty() && this.failure != null) {
				throw new IOException(this.failure.getMessage(), this.failure);
			}
			return this.arrived.poll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void refuseToBlock() {
		if (EventLoops.isCurrentThread()) {
			throw new IllegalStateException("body: read on " + Thread.currentThread().getName()
					+ ", which is to bring it (expected: another thread, or a subscriber)");
		}
	}

	@Override
	public void close() {
		change(() -> {
			if (!this.over || !this.arrived.isEmpty() || this.current.hasRemaining()) {
				this.failure = new IOException("the body was closed before its end");
			}
			this.over = true;
			this.arrived.clear();
			this.current = ByteBuffer.allocate(0);
		});
		if (this.subscription != null) {
			this.subscription.cancel();
		}
	}

}
