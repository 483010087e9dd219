package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Caller;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.client.fallback.MonoFallback;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A method that returns a Mono: each subscription is a call of its own, whose time runs
 * from then. It is made for the request in the subscriber's context, or else for the one
 * that the subscribing thread is serving; what is around the method when it is called
 * holds for all of them. Loaded only when a method returns a Mono, since Reactor is
 * optional. <em>Immutable</em>.
 *
 * @param method what is called
 */
record MonoInvoker(RemoteMethod method) implements Invoker {

	@Override
	public Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		Said said = this.method.said(Caller.current().options(), arguments);
		Mono<Object> answer = call(this.method, this.method.others(arguments), said);
		MethodFallback fallback = this.method.fallback();
		return (fallback != null) ? new MonoFallback(fallback, arguments).over(answer) : answer;
	}

	/** A call for each subscription. */
	static Mono<Object> call(RemoteMethod method, @Nullable Object @Nullable [] arguments, Said said) {
		return Mono.create((sink) -> {
			ContextView carried = sink.contextView();
			Caller caller = Caller.current();
			Call call = method.newCall(arguments, request(carried, caller),
					method.starter().scopes().capture(carried.isEmpty() ? null : carried),
					said.within(caller.options()));
			new MonoCall(method, call, sink).start();
		});
	}

	/** Which thread subscribes says little where Reactor carries the context. */
	static @Nullable InboundRequest request(ContextView context, Caller caller) {
		InboundRequest carried = context.getOrDefault(InboundRequest.KEY, null);
		return (carried != null) ? carried : caller.request();
	}

}
