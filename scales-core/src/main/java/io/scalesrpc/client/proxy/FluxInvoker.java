package io.scalesrpc.client.proxy;

import java.util.Objects;

import io.scalesrpc.call.Caller;
import io.scalesrpc.client.fallback.FluxFallback;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.protocol.PagedMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A method that returns a Flux, of pages: each is a call with a deadline of its own, made
 * when the one before has been passed on, so that there is never more than one page that
 * nobody has asked for. Loaded only when a method returns a Flux. <em>Immutable</em>.
 *
 * @param method what is called
 * @param paged makes elements of pages
 */
record FluxInvoker(RemoteMethod method, PagedMethod paged) implements Invoker {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	static Invoker of(RemoteMethod method) {
		if (method.bound().spec() instanceof PagedMethod paged) {
			return new FluxInvoker(method, paged);
		}
		throw new IllegalArgumentException(method.java() + ": no pages (expected: a result of another type than Flux)");
	}

	@Override
	public Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		@Nullable Object[] given = Objects.requireNonNullElse(arguments, NO_ARGUMENTS);
		Said said = this.method.said(Caller.current().options(), given);
		@Nullable Object[] first = this.method.options().without(given);
		Flux<Object> answer = page(first, said).expand((page) -> after(first, page, said))
			.concatMapIterable(this.paged::elements, 1)
			.map(Object.class::cast);
		MethodFallback fallback = this.method.fallback();
		return (fallback != null) ? new FluxFallback(fallback, given).over(answer) : answer;
	}

	private Mono<Object> after(@Nullable Object[] arguments, Object page, Said said) {
		@Nullable Object[] next = this.paged.next(arguments, page);
		return (next != null) ? page(next, said) : Mono.empty();
	}

	private Mono<Object> page(@Nullable Object[] arguments, Said said) {
		return MonoInvoker.call(this.method, arguments, said);
	}

}
