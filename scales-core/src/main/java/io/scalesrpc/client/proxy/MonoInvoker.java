package io.scalesrpc.client.proxy;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A method that returns a Mono: each subscription is a call of its own, whose time runs
 * from then. Loaded only when a method returns a Mono, since Reactor is optional.
 * <em>Immutable</em>.
 *
 * @param method what is called
 */
record MonoInvoker(RemoteMethod method) implements Invoker {

	@Override
	public Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		return Mono.create((sink) -> new MonoCall(this.method, this.method.newCall(arguments), sink).start());
	}

}
