package io.scalesrpc.benchmark;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * Callers who wait for a client of futures. <em>Thread-safe</em>.
 *
 * @param client makes the calls
 * @param threads makes the threads of callers
 */
record Waiting(EchoClient client, ThreadFactory threads) implements BlockingEchoClient {

	@Override
	public @Nullable String echo(String text) {
		CompletableFuture<@Nullable String> future = new CompletableFuture<>();
		this.client.echo(text, (answer, failure) -> future.complete(answer));
		return future.join();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
