package io.scalesrpc.client.fallback;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.protocol.MethodShape;
import org.jspecify.annotations.Nullable;

/**
 * What answers failed calls of one method: the same method of the stand-in. Not on the
 * path of a call that is answered. <em>Immutable</em>.
 *
 * @param body calls the method of an object, with the arguments as an array
 * @param standIn whose method it is
 */
@Internal
public record MethodFallback(Body body, Fallback standIn) {

	public static MethodFallback of(Method method, Fallback standIn) {
		return new MethodFallback(body(method), standIn);
	}

	/** What returns a future where the method suspends a coroutine. */
	public static Body body(Method method) {
		InterfaceMethod body = InterfaceMethod.virtual(method);
		MethodShape shape = new MethodShape(method);
		return (shape.isSuspending() || shape.isFlow()) ? Coroutines.inJava(method, body) : body;
	}

	public boolean standsInFor(Failure failure) {
		return this.standIn.kinds().contains(failure.kind());
	}

	/** An exception of the IDL, or of another library, is none of Scales' own. */
	public boolean standsInFor(@Nullable Throwable exception) {
		return exception instanceof ScalesException cause && this.standIn.kinds().contains(cause.kind());
	}

	/** On the thread of a caller who waits. */
	@Nullable public Object answer(@Nullable Object[] arguments, ScalesException cause) throws Throwable {
		Object value;
		try {
			value = call(arguments, cause);
		}
		catch (Throwable ex) {
			throw this.standIn.failed(ex, cause);
		}
		this.standIn.answered();
		return value;
	}

	/** Completes a future as the stand-in's own future does. */
	public void answer(@Nullable Object[] arguments, ScalesException cause, OwnedFuture target) {
		try {
			CompletionStage<?> stage = (CompletionStage<?>) required(call(arguments, cause));
			if (stage instanceof CompletableFuture<?> future) {
				target.whenComplete((value, ex) -> {
					if (target.isCancelled()) {
						future.cancel(false);
					}
				});
			}
			stage.whenComplete((value, ex) -> settle(value, ex, cause, target));
		}
		catch (Throwable ex) {
			target.settle(null, this.standIn.failed(ex, cause));
		}
	}

	private void settle(@Nullable Object value, @Nullable Throwable ex, ScalesException cause, OwnedFuture target) {
		if (target.isDone()) {
			return;
		}
		if (ex == null) {
			this.standIn.answered();
			target.settle(value, null);
			return;
		}
		target.settle(null, this.standIn.failed(unwrapped(ex), cause));
	}

	/** What a stage failed with, and not what the stages after it wrap it into. */
	static Throwable unwrapped(Throwable ex) {
		return (ex instanceof CompletionException wrapped && wrapped.getCause() != null) ? wrapped.getCause() : ex;
	}

	/** What the stand-in returns: a value, or a future or Mono of one. */
	@Nullable Object call(@Nullable Object[] arguments, ScalesException cause) throws Throwable {
		return this.body.invoke(required(this.standIn.factory().apply(cause)), arguments);
	}

	public static Object required(@Nullable Object value) {
		if (value == null) {
			throw new IllegalStateException(
					"fallback: null (expected: an object of the interface, and of its methods a future or Mono)");
		}
		return value;
	}

}
