package io.scalesrpc.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * A subscriber that asks for parts when the test says so and keeps what it is told.
 * <em>Guarded by its monitor</em>.
 */
public final class PartsReader implements Flow.Subscriber<ByteBuffer> {

	private final List<String> parts = new ArrayList<>();

	private final List<String> ends = new ArrayList<>();

	private Flow.@Nullable Subscription subscription;

	private @Nullable Throwable failure;

	@Override
	public synchronized void onSubscribe(Flow.Subscription given) {
		this.subscription = given;
	}

	@Override
	public synchronized void onNext(ByteBuffer part) {
		this.parts.add(StandardCharsets.ISO_8859_1.decode(part).toString());
	}

	@Override
	public synchronized void onError(Throwable cause) {
		this.failure = cause;
		this.ends.add("error");
	}

	@Override
	public synchronized void onComplete() {
		this.ends.add("complete");
	}

	/** Asks for more. */
	public PartsReader ask(long n) {
		subscription().request(n);
		return this;
	}

	/** Wants no more. */
	public void cancel() {
		subscription().cancel();
	}

	private synchronized Flow.Subscription subscription() {
		return Objects.requireNonNull(this.subscription);
	}

	/** What came. */
	public synchronized List<String> parts() {
		return List.copyOf(this.parts);
	}

	public synchronized String text() {
		return String.join("", this.parts);
	}

	/** Either {@code complete} or {@code error}; at most one of them if all is well. */
	public synchronized List<String> ends() {
		return List.copyOf(this.ends);
	}

	public synchronized @Nullable Throwable failure() {
		return this.failure;
	}

}
