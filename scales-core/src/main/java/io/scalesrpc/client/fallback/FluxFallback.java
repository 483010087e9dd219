package io.scalesrpc.client.fallback;

import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.Internal;
import io.scalesrpc.call.ScalesException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What answers when the Flux of a call fails before its first element: the Flux of the
 * stand-in. One that fails later passes its failure on, since the subscriber would take
 * elements of the two for one answer. Loaded only when a method returns a Flux.
 * <em>Immutable</em>.
 *
 * @param fallback whose Flux it is
 * @param arguments what the method was given
 */
@Internal
public record FluxFallback(MethodFallback fallback, @Nullable Object[] arguments) {

	public Flux<Object> over(Flux<Object> answer) {
		return Flux.defer(() -> {
			AtomicBoolean begun = new AtomicBoolean();
			return answer.doOnNext((element) -> begun.set(true))
				.onErrorResume((ex) -> !begun.get() && this.fallback.standsInFor(ex),
						(ex) -> answer((ScalesException) ex));
		});
	}

	private Flux<Object> answer(ScalesException cause) {
		return Flux.defer(() -> call(cause))
			.doOnComplete(this.fallback.standIn()::answered)
			.onErrorMap((ex) -> this.fallback.standIn().failed(ex, cause));
	}

	@SuppressWarnings("unchecked")
	private Flux<Object> call(ScalesException cause) {
		try {
			return (Flux<Object>) MethodFallback.required(this.fallback.call(this.arguments, cause));
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
	}

}
