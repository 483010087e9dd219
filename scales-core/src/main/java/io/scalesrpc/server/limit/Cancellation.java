package io.scalesrpc.server.limit;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a call was cancelled, and who wants to know. <em>Thread-safe</em>.
 */
public final class Cancellation {

	private static final Logger logger = LoggerFactory.getLogger(Cancellation.class);

	private static final Hook CANCELLED = new Hook(() -> {
	}, null);

	private final AtomicReference<@Nullable Hook> hooks = new AtomicReference<>();

	public boolean isCancelled() {
		return this.hooks.get() == CANCELLED;
	}

	/** Runs at once on this thread if it is too late to wait. */
	public void onCancel(Runnable hook) {
		Hook before;
		do {
			before = this.hooks.get();
			if (before == CANCELLED) {
				run(hook);
				return;
			}
		}
		while (!this.hooks.compareAndSet(before, new Hook(hook, before)));
	}

	/** Runs what was registered, last first. */
	public void cancel() {
		Hook hook = this.hooks.getAndSet(CANCELLED);
		while (hook != null && hook != CANCELLED) {
			run(hook.action);
			hook = hook.next;
		}
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("onCancel of a call failed", ex);
		}
	}

	/** One that wants to know. <em>Immutable</em>. */
	private static final class Hook {

		private final Runnable action;

		private final @Nullable Hook next;

		Hook(Runnable action, @Nullable Hook next) {
			this.action = action;
			this.next = next;
		}

	}

}
