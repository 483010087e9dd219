package io.scalesrpc.client;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Checks;
import io.scalesrpc.client.assembly.CacheThreads;
import io.scalesrpc.client.delivery.CallbackThreads;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.LazyTimer;
import io.scalesrpc.transport.Shutdown;
import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Threads, time and chance that clients share: event loops, the timer, the executor of
 * callbacks. A client that is given none has its own and closes them with itself; whoever
 * shares them among clients closes the clients first. <em>Thread-safe</em>.
 */
public final class ClientResources implements AutoCloseable {

	private static final int MAX_EVENT_LOOPS = 4;

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final EventLoops eventLoops;

	private final Timer timer;

	private final Ticker ticker;

	private final ExecutorService callbacks;

	private final Executor loops;

	private final ExecutorService cacheThreads = CacheThreads.create();

	private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

	private final AtomicReference<@Nullable CompletableFuture<Void>> closed = new AtomicReference<>();

	ClientResources(EventLoops eventLoops, Timer timer, Ticker ticker, ExecutorService callbacks) {
		this.eventLoops = eventLoops;
		this.loops = eventLoops.executor();
		this.timer = timer;
		this.ticker = ticker;
		this.callbacks = callbacks;
	}

	/**
	 * Makes resources with one event loop a processor, at most four. Threads are daemons
	 * and start when they are needed.
	 * @return the resources, to be closed by the caller
	 */
	public static ClientResources create() {
		return create(Transport.AUTO);
	}

	/**
	 * Makes resources as {@link #create()} does, on a transport of one's choice.
	 * @param transport what moves the bytes
	 * @return the resources, to be closed by the caller
	 * @throws io.scalesrpc.call.InvalidSettingException if this system does not have the
	 * transport; says what is missing
	 */
	public static ClientResources create(Transport transport) {
		return create(Math.min(MAX_EVENT_LOOPS, Runtime.getRuntime().availableProcessors()), transport);
	}

	/**
	 * Makes resources. Threads are daemons and start when they are needed.
	 * @param eventLoops how many event loops, at least 1
	 * @return the resources, to be closed by the caller
	 * @throws IllegalArgumentException if the number is below 1
	 */
	public static ClientResources create(int eventLoops) {
		return create(eventLoops, Transport.AUTO);
	}

	/**
	 * Makes resources. Threads are daemons and start when they are needed.
	 * @param eventLoops how many event loops, at least 1
	 * @param transport what moves the bytes
	 * @return the resources, to be closed by the caller
	 * @throws IllegalArgumentException if the number is below 1, or this system does not
	 * have the transport
	 */
	public static ClientResources create(int eventLoops, Transport transport) {
		Checks.require(eventLoops >= 1, "eventLoops", eventLoops, ">= 1");
		return new ClientResources(EventLoops.create("scales-io", eventLoops, transport),
				new LazyTimer("scales-timer", Ticker.SYSTEM), Ticker.SYSTEM, CallbackThreads.create());
	}

	/**
	 * What moves the bytes of the clients.
	 * @return never {@link Transport#AUTO}, but what that has come to
	 */
	public Transport transport() {
		return this.eventLoops.transport();
	}

	EventLoops eventLoops() {
		return this.eventLoops;
	}

	/** The event loops, for what may run on any of them and takes a moment. */
	Executor loops() {
		return this.loops;
	}

	Timer timer() {
		return this.timer;
	}

	Ticker ticker() {
		return this.ticker;
	}

	Clock clock() {
		return Clock.systemUTC();
	}

	RandomGenerator random() {
		return this.random;
	}

	Executor callbacks() {
		return this.callbacks;
	}

	Executor cacheThreads() {
		return this.cacheThreads;
	}

	boolean isClosed() {
		return this.closed.get() != null;
	}

	/**
	 * Begins to load what connections need, on a thread that ends with it, so that the
	 * first call does not wait for that. Without it the first connection does the same.
	 */
	public void prepare() {
		Thread thread = new Thread(this.eventLoops::prepare, "scales-prepare");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Stops the threads and waits until they have stopped, as every {@code close()} here
	 * does: not on an event loop or the timer, and no longer than an interrupt.
	 */
	@Override
	public void close() {
		Shutdown.await("client resources", close(GRACE), GRACE);
	}

	/**
	 * Stops the threads. Callbacks that were handed over still run; one that blocks is
	 * not waited for.
	 * @param grace how long tasks on event loops may take
	 * @return completes when event loops and timer have stopped; never fails
	 */
	public CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> earlier = this.closed.compareAndExchange(null, mine);
		if (earlier != null) {
			return earlier.copy();
		}
		this.eventLoops.close(grace).thenRun(() -> onThreadOfItsOwn(() -> finish(mine)));
		return mine.copy();
	}

	private void finish(CompletableFuture<Void> done) {
		if (this.timer instanceof LazyTimer lazy) {
			lazy.close();
		}
		this.callbacks.shutdown();
		this.cacheThreads.shutdownNow();
		done.complete(null);
	}

	/** The timer joins its thread, and whoever hangs on the stage may block. */
	private static void onThreadOfItsOwn(Runnable task) {
		Thread thread = new Thread(task, "scales-close");
		thread.setDaemon(true);
		thread.start();
	}

}
