package io.scalesrpc.client.fallback;

import java.util.concurrent.CompletionStage;

import io.scalesrpc.Internal;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The future of a method of somebody else's proxy, with a stand-in for its failures.
 * <em>Thread-safe</em>.
 */
@Internal
public final class GuardedFuture extends OwnedFuture {

	private final CompletionStage<?> source;

	private final MethodFallback fallback;

	private final @Nullable Object[] arguments;

	private final Delivery delivery;

	/** What the thread of the caller has, if anything. */
	private final @Nullable CallScope scope;

	public GuardedFuture(CompletionStage<?> source, MethodFallback fallback, @Nullable Object[] arguments,
			Delivery delivery, @Nullable CallScope scope) {
		this.source = source;
		this.fallback = fallback;
		this.arguments = arguments;
		this.delivery = delivery;
		this.scope = scope;
	}

	public GuardedFuture start() {
		boolean failedBefore = this.source.toCompletableFuture().isCompletedExceptionally();
		this.source.whenComplete((value, ex) -> {
			Throwable failure = (ex != null) ? MethodFallback.unwrapped(ex) : null;
			if (failure instanceof ScalesException cause && this.fallback.standsInFor(cause)) {
				// It may block, and this may be the thread of the caller, who does not.
				deliver(() -> answer(cause), failedBefore);
			}
			else {
				settle(value, failure);
			}
		});
		return this;
	}

	private void deliver(Runnable answering, boolean toCaller) {
		if (toCaller) {
			this.delivery.deliverToCaller(answering);
		}
		else {
			this.delivery.deliver(answering);
		}
	}

	private void answer(ScalesException cause) {
		if (isDone()) {
			return;
		}
		CallScope.Restored restored = (this.scope != null) ? this.scope.restore() : CallScope.NOTHING;
		try {
			this.fallback.answer(this.arguments, cause, this);
		}
		finally {
			restored.close();
		}
	}

	@Override
	protected void abandon(String reason) {
		this.source.toCompletableFuture().cancel(false);
	}

}
