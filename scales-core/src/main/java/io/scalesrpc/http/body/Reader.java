package io.scalesrpc.http.body;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The one reader of a body, if it has one yet, and how many parts it wants.
 * <em>Thread-safe</em>; signals are given by one thread at a time.
 */
final class Reader {

	private final AtomicBoolean taken = new AtomicBoolean();

	private final AtomicLong wanted = new AtomicLong();

	private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

	private volatile boolean done;

	/** Not so if the body has another reader. */
	boolean begin(Flow.Subscriber<? super ByteBuffer> first, Flow.Subscription subscription) {
		Objects.requireNonNull(first, "subscriber: null (expected: one)");
		if (!this.taken.compareAndSet(false, true)) {
			first.onSubscribe(new Refused());
			first.onError(new IllegalStateException("body: has a reader already (expected: one only)"));
			return false;
		}
		first.onSubscribe(subscription);
		this.subscriber = first;
		return true;
	}

	/** The most there is means as many as there are. */
	void request(long parts) {
		this.wanted.accumulateAndGet(parts, (now, more) -> (now + more < 0) ? Long.MAX_VALUE : now + more);
	}

	boolean isPresent() {
		return this.subscriber != null && !this.done;
	}

	boolean wants() {
		return isPresent() && this.wanted.get() > 0;
	}

	void next(ByteBuffer part) {
		Flow.Subscriber<? super ByteBuffer> told = this.subscriber;
		if (told != null) {
			this.wanted.getAndUpdate((now) -> (now == Long.MAX_VALUE) ? now : now - 1);
			told.onNext(part);
		}
	}

	void cancel() {
		this.done = true;
	}

	void end(@Nullable Throwable failure) {
		Flow.Subscriber<? super ByteBuffer> told = this.subscriber;
		if (told == null || this.done) {
			return;
		}
		this.done = true;
		if (failure != null) {
			told.onError(failure);
		}
		else {
			told.onComplete();
		}
	}

	/** What a second reader gets. <em>Stateless</em>. */
	private static final class Refused implements Flow.Subscription {

		@Override
		public void request(long n) {
			// nothing will come
		}

		@Override
		public void cancel() {
			// nothing was begun
		}

	}

}
