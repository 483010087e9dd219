package io.scalesrpc.circuitbreaker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.scalesrpc.time.SerialExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners on another thread, one event after the other: a transition takes place
 * on an event loop more often than not, and a listener may well send a message to
 * somebody. <em>Thread-safe</em>.
 */
final class Listeners implements CircuitBreakerListener {

	private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

	private final List<CircuitBreakerListener> all;

	private final Executor executor;

	private final Queue<CircuitBreakerEvent> events = new ConcurrentLinkedQueue<>();

	private final SerialExecutor oneByOne;

	Listeners(List<CircuitBreakerListener> all, Executor executor) {
		this.all = List.copyOf(all);
		this.executor = executor;
		this.oneByOne = new SerialExecutor(executor);
	}

	@Override
	public void changed(CircuitBreakerEvent event) {
		if (this.all.isEmpty()) {
			return;
		}
		this.events.add(event);
		try {
			this.executor.execute(() -> this.oneByOne.execute(this::tellNext));
		}
		catch (RejectedExecutionException ex) {
			// The threads are gone, and so is the client.
			this.events.poll();
		}
	}

	private void tellNext() {
		CircuitBreakerEvent event = this.events.poll();
		if (event != null) {
			this.all.forEach((listener) -> tell(listener, event));
		}
	}

	/** An interrupt flag that one leaves would be taken for theirs by the others. */
	private static void tell(CircuitBreakerListener listener, CircuitBreakerEvent event) {
		boolean interrupted = Thread.currentThread().isInterrupted();
		try {
			listener.changed(event);
		}
		catch (Throwable ex) {
			logger.error("A listener failed at: {}", event, ex);
		}
		if (!interrupted) {
			Thread.interrupted();
		}
	}

}
