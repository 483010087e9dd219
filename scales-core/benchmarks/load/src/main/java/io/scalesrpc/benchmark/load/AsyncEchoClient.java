package io.scalesrpc.benchmark.load;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A client that tells the answer later. <em>Thread-safe</em>.
 */
@FunctionalInterface
public non-sealed interface AsyncEchoClient extends EchoClient {

	/**
	 * Makes a call.
	 * @param text what is to come back
	 * @param done told once, on any thread, what came back or why nothing did
	 */
	void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done);

}
