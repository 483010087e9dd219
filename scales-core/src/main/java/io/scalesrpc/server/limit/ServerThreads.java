package io.scalesrpc.server.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.scalesrpc.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a server: the event loops and the executor of the handlers, each either
 * the server's own, to be ended with it, or somebody else's. <em>Thread-safe</em>.
 */
public final class ServerThreads {

	private static final int IDLE_SECONDS = 30;

	private static final Duration LOOPS_GRACE = Duration.ofSeconds(2);

	private final EventLoops loops;

	private final Executor executor;

	private final boolean ownLoops;

	private final boolean ownExecutor;

	public ServerThreads(@Nullable EventLoops shared, @Nullable Executor given) {
		this.ownLoops = (shared == null);
		this.loops = (shared != null) ? shared
				: EventLoops.create("scales-server-io", Math.min(4, Runtime.getRuntime().availableProcessors()));
		this.ownExecutor = (given == null);
		this.executor = (given != null) ? given : pool();
	}

	/**
	 * A thread for every call that was admitted, so that none waits: the bound on calls
	 * is the bound on threads.
	 */
	private static ExecutorService pool() {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				new DefaultThreadFactory("scales-server-call", true));
	}

	public EventLoops loops() {
		return this.loops;
	}

	public Executor executor() {
		return this.executor;
	}

	/**
	 * Ends what is the server's own.
	 * @return completes when the event loops have ended; a handler that ignores its
	 * interrupt may go on
	 */
	public CompletionStage<Void> close() {
		if (this.ownExecutor) {
			((ExecutorService) this.executor).shutdown();
		}
		return this.ownLoops ? this.loops.close(LOOPS_GRACE) : CompletableFuture.completedStage(null);
	}

}
