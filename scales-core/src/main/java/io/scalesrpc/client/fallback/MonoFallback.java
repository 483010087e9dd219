package io.scalesrpc.client.fallback;

import io.scalesrpc.Internal;
import io.scalesrpc.call.ScalesException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What answers when the Mono of a call fails: the Mono of the stand-in. Loaded only when
 * a method returns a Mono. <em>Immutable</em>.
 *
 * @param fallback whose Mono it is
 * @param arguments what the method was given
 */
@Internal
public record MonoFallback(MethodFallback fallback, @Nullable Object @Nullable [] arguments) {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	public Mono<Object> over(Mono<Object> answer) {
		return answer.onErrorResume(this.fallback::standsInFor, (ex) -> answer((ScalesException) ex));
	}

	private Mono<Object> answer(ScalesException cause) {
		return Mono.defer(() -> call(cause))
			.doOnSuccess((value) -> this.fallback.standIn().answered())
			.onErrorMap((ex) -> this.fallback.standIn().failed(ex, cause));
	}

	@SuppressWarnings("unchecked")
	private Mono<Object> call(ScalesException cause) {
		try {
			@Nullable Object[] given = (this.arguments != null) ? this.arguments : NO_ARGUMENTS;
			return (Mono<Object>) MethodFallback.required(this.fallback.call(given, cause));
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

}
