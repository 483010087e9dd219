package io.scalesrpc.client.fallback;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A future of something that goes on elsewhere. Whoever completes it from outside
 * ({@code cancel}, {@code complete}, {@code completeExceptionally}, {@code orTimeout},
 * {@code completeOnTimeout}) ends that, too. It fails with the exception itself, not with
 * one wrapped around it. <em>Thread-safe</em>.
 */
@Internal
public abstract class OwnedFuture extends CompletableFuture<@Nullable Object> {

	/** Ends what goes on: nobody waits for it any more. */
	protected abstract void abandon(String reason);

	/** Completes the future with what became of it. */
	protected final boolean settle(@Nullable Object value, @Nullable Throwable failure) {
		return (failure != null) ? super.completeExceptionally(failure) : super.complete(value);
	}

	@Override
	public final boolean cancel(boolean mayInterruptIfRunning) {
		return told(super.cancel(mayInterruptIfRunning), "cancelled by the caller");
	}

	@Override
	public final boolean complete(@Nullable Object value) {
		return told(super.complete(value), "the caller completed the future");
	}

	@Override
	public final boolean completeExceptionally(Throwable ex) {
		return told(super.completeExceptionally(ex), "the caller completed the future");
	}

	private boolean told(boolean completed, String reason) {
		if (completed) {
			abandon(reason);
		}
		return completed;
	}

}
