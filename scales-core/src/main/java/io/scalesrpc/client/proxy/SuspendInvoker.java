package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Caller;
import io.scalesrpc.client.fallback.Coroutines;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * A suspend function of Kotlin: the caller's coroutine is suspended until the call ends,
 * and ends it when it is cancelled. The call is made for the request that Reactor carries
 * around the coroutine, if it carries one. Loaded only when an interface has such a
 * function. <em>Immutable</em>.
 *
 * @param method what is called
 * @param nothing what the caller goes on with where there is no value
 */
record SuspendInvoker(RemoteMethod method, @Nullable Object nothing) implements Invoker {

	static SuspendInvoker of(RemoteMethod method) {
		return new SuspendInvoker(method, Coroutines.nothing(method.java()));
	}

	@Override
	public @Nullable Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		Continuation<@Nullable Object> caller = Coroutines.caller(arguments);
		Coroutines.requireActive(caller);
		return Coroutines.await(new FutureCall(this.method, newCall(arguments, caller), this.nothing).start(), caller);
	}

	private Call newCall(@Nullable Object @Nullable [] arguments, Continuation<?> continuation) {
		@Nullable Object[] given = Coroutines.given(arguments);
		ContextView carried = Coroutines.carried(continuation);
		if (carried == null) {
			return this.method.newCall(given);
		}
		Caller caller = Caller.current();
		return this.method.newCall(this.method.others(given), MonoInvoker.request(carried, caller),
				this.method.starter().scopes().capture(carried), this.method.said(caller.options(), given));
	}

}
