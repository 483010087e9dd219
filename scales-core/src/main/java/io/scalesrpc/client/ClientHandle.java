package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A client: its proxies, what it looks like, and the way to close it.
 * <em>Thread-safe</em>.
 *
 * @param <T> the interface of its first proxy
 */
public final class ClientHandle<T> implements AutoCloseable {

	private final T proxy;

	ClientHandle(T proxy) {
		this.proxy = proxy;
	}

	public String name() {
		throw new UnsupportedOperationException("not wired yet");
	}

	public String protocol() {
		throw new UnsupportedOperationException("not wired yet");
	}

	public T proxy() {
		return this.proxy;
	}

	public <A> A proxy(Class<A> type) {
		return proxy(type, null);
	}

	public <A> A proxy(Class<A> type, @Nullable Class<?> service) {
		throw new UnsupportedOperationException("not wired yet");
	}

	public ClientView view() {
		throw new UnsupportedOperationException("not wired yet");
	}

	public CompletionStage<Void> close(Duration grace) {
		throw new UnsupportedOperationException("not wired yet");
	}

	@Override
	public void close() {
		throw new UnsupportedOperationException("not wired yet");
	}

}
