package io.scalesrpc.client.proxy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.fallback.MethodFallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A method that returns at once, whatever becomes of its call: nobody else would hear of
 * a failure, so it is logged, once in a while. <em>Thread-safe</em>.
 */
final class DetachedInvoker implements Invoker, Observer {

	private static final Logger logger = LoggerFactory.getLogger(DetachedInvoker.class);

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final RemoteMethod method;

	/** Failures since the last that was logged. */
	private final AtomicLong failures = new AtomicLong();

	private final AtomicLong lastLogged;

	DetachedInvoker(RemoteMethod method) {
		this.method = method;
		this.lastLogged = new AtomicLong(method.starter().ticker().nanos() - PAUSE_NANOS);
	}

	@Override
	public @Nullable Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) {
		Call call = this.method.newCall(arguments);
		call.caller(this);
		this.method.dispatch(call);
		return null;
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		if (outcome instanceof Failure failure) {
			MethodFallback fallback = this.method.fallbackFor(failure);
			ScalesException exception = this.method.starter().exception(call, failure, false);
			if (fallback == null) {
				log(exception);
			}
			else {
				this.method.delivery().deliver(() -> answer(fallback, call, exception));
			}
		}
	}

	private void answer(MethodFallback fallback, Call call, ScalesException exception) {
		CallScope.Restored restored = call.restore();
		try {
			fallback.answer(this.method.argumentsOf(call), exception);
		}
		catch (Throwable ex) {
			log(ex);
		}
		finally {
			restored.close();
		}
	}

	private void log(Throwable thrown) {
		this.failures.incrementAndGet();
		long now = this.method.starter().ticker().nanos();
		long last = this.lastLogged.get();
		if (now - last >= PAUSE_NANOS && this.lastLogged.compareAndSet(last, now)) {
			logger.warn("[{}] {}: {} calls failed that nobody waits for; the last: {}", this.method.starter().client(),
					this.method.java().getName(), this.failures.getAndSet(0), thrown.getMessage());
		}
	}

}
