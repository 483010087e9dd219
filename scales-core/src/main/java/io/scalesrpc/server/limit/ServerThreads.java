package io.scalesrpc.server.limit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a server: the event loops and the executor of the handlers, each either
 * the server's own, to be ended with it, or somebody else's. <em>Thread-safe</em>.
 */
public final class ServerThreads {

	private static final Duration LOOPS_GRACE = Duration.ofSeconds(2);

	private final EventLoops loops;

	private final Executor executor;

	private final boolean ownLoops;

	/** Null if the executor is somebody else's. */
	private final @Nullable HandlerThreads handlers;

	public ServerThreads(@Nullable EventLoops shared, Transport transport, @Nullable Executor given) {
		this.ownLoops = (shared == null);
		this.loops = (shared != null) ? shared : EventLoops.create("scales-server-io",
				Math.min(4, Runtime.getRuntime().availableProcessors()), transport);
		// The bound on calls is the bound on threads.
		this.handlers = (given == null) ? new HandlerThreads(new DefaultThreadFactory("scales-server-call", true))
				: null;
		this.executor = (this.handlers != null) ? this.handlers : Objects.requireNonNull(given);
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
		if (this.handlers != null) {
			this.handlers.close();
		}
		return this.ownLoops ? this.loops.close(LOOPS_GRACE) : CompletableFuture.completedStage(null);
	}

}
