package io.scalesrpc.discovery.dns;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.scalesrpc.time.Timer;

/**
 * What a watched set holds: one thread that runs its tasks, and a way to look up. Tasks
 * handed in run one at a time and in order. Implementations are <em>thread-safe</em>.
 */
interface LookupSession extends Executor, Timer, AutoCloseable {

	/**
	 * Whether the current thread is the session's.
	 * @return {@code true} if it is
	 */
	boolean isCurrentThread();

	/**
	 * Looks up; only on the session's thread.
	 * @param then told what was found, on the session's thread; not told after the
	 * session was closed
	 */
	void lookUp(Consumer<LookupResult> then);

	/**
	 * Gives everything back once the tasks handed in before have run. After it nothing
	 * may be handed in.
	 */
	@Override
	void close();

}
