package io.scalesrpc.spring.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.server.ServerCall;
import io.scalesrpc.server.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Several interceptors as one, the first outermost. What an inner one throws, the outer
 * ones see as thrown by their handler; but checked exceptions, which a handler cannot
 * throw, pass them by. <em>Immutable</em>.
 *
 * @param interceptors in the order of their beans
 */
record InterceptorChain(List<ServerInterceptor> interceptors) implements ServerInterceptor {

	@Override
	public void intercept(ServerCall call, Runnable handler) throws Exception {
		intercept(0, call, handler);
	}

	private void intercept(int index, ServerCall call, Runnable handler) throws Exception {
		if (index == this.interceptors.size()) {
			handler.run();
			return;
		}
		AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
		this.interceptors.get(index).intercept(call, () -> {
			try {
				intercept(index + 1, call, handler);
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				refusal.set(ex);
			}
		});
		Exception thrown = refusal.get();
		if (thrown != null) {
			throw thrown;
		}
	}

}
