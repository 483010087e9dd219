package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.InboundRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A method that returns a Mono: each subscription is a call of its own, whose time runs
 * from then. It is made for the request in the subscriber's context, or else for the one
 * that the subscribing thread is serving. Loaded only when a method returns a Mono, since
 * Reactor is optional. <em>Immutable</em>.
 *
 * @param method what is called
 */
record MonoInvoker(RemoteMethod method) implements Invoker {

	@Override
	public Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		Mono<Object> answer = call(this.method, arguments);
		MethodFallback fallback = this.method.fallback();
		return (fallback != null) ? new MonoFallback(fallback, arguments).over(answer) : answer;
	}

	/** A call for each subscription. */
	static Mono<Object> call(RemoteMethod method, @Nullable Object @Nullable [] arguments) {
		return Mono.create((sink) -> {
			ContextView carried = sink.contextView();
			Call call = method.newCall(arguments, request(carried), carried.isEmpty() ? null : carried);
			new MonoCall(method, call, sink).start();
		});
	}

	/** Which thread subscribes says little where Reactor carries the context. */
	private static @Nullable InboundRequest request(ContextView context) {
		InboundRequest carried = context.getOrDefault(InboundRequest.KEY, null);
		return (carried != null) ? carried : InboundRequest.current();
	}

}
