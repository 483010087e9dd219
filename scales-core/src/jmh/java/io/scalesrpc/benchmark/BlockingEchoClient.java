package io.scalesrpc.benchmark;

import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A client whose callers wait, each on a thread of its own. <em>Thread-safe</em>.
 */
interface BlockingEchoClient extends EchoClient {

	/**
	 * Makes a call and waits for its answer.
	 * @param text what is to come back
	 * @return what came back; {@code null} if nothing did
	 */
	@Nullable String echo(String text);

	/**
	 * Makes the threads of callers.
	 * @return platform or virtual threads
	 */
	ThreadFactory threads();

	@Override
	default void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
		done.accept(echo(text), null);
	}

}
