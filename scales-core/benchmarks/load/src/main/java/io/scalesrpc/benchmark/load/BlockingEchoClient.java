package io.scalesrpc.benchmark.load;

import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * A client whose callers wait, each on a thread of its own. <em>Thread-safe</em>.
 */
@FunctionalInterface
public non-sealed interface BlockingEchoClient extends EchoClient {

	/**
	 * Makes a call and waits for its answer.
	 * @param text what is to come back
	 * @return what came back
	 * @throws Exception if nothing did
	 */
	@Nullable String echo(String text) throws Exception;

	/**
	 * The same client, called by virtual threads.
	 * @return makes virtual threads; needs Java 21
	 */
	default BlockingEchoClient onVirtualThreads() {
		BlockingEchoClient client = this;
		return new BlockingEchoClient() {
			@Override
			public @Nullable String echo(String text) throws Exception {
				return client.echo(text);
			}

			@Override
			public ThreadFactory threads() {
				return VirtualThreads.factory();
			}

			@Override
			public int connections() {
				return client.connections();
			}

			@Override
			public void close() {
				client.close();
			}
		};
	}

	/**
	 * Makes the threads of callers.
	 * @return platform threads, unless a client says otherwise
	 */
	default ThreadFactory threads() {
		return Thread::new;
	}

}
