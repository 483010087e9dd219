package io.scalesrpc.benchmark;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A client of the peer service's {@code echo}, whatever it is made of. <em>Thread-safe</em>.
 */
interface EchoClient extends AutoCloseable {

	/**
	 * Makes a call.
	 * @param text what is to come back
	 * @param done told the answer or the failure, on any thread
	 */
	void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done);

	@Override
	void close();

}
